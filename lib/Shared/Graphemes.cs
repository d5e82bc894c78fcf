using System.Globalization;

namespace Vilt.Shared;

/// <summary>Cuts text between the characters that a reader sees: never within a surrogate pair, an accented letter or a flag.</summary>
internal static class Graphemes
{
    /// <summary>How many characters a reader sees.</summary>
    public static int Count(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>The text, or its beginning and an ellipsis that together have a number of characters.</summary>
    public static string Cut(string text, int width)
    {
        if (text.Length <= width || Count(text) <= width)
        {
            return text;
        }

        return new StringInfo(text).SubstringByTextElements(0, width - 1) + "…";
    }

    /// <summary>Where the last character of a text begins, which more text could still change; 0 for a text of one or none.</summary>
    public static int LastStart(string text)
    {
        const int LongestLookedAt = 64; // Families consist of up to a dozen. A row of flags has to be counted from its start.
        var from = Math.Max(0, text.Length - LongestLookedAt);
        while (from > 0 && !char.IsAscii(text[from]))
        {
            from--;
        }

        var starts = StringInfo.ParseCombiningCharacters(text[from..]);
        return starts.Length == 0 ? 0 : from + starts[^1];
    }
}
