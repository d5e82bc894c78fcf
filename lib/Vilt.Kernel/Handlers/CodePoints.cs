namespace Vilt.Kernel.Handlers;

/// <summary>Cursor positions: the protocol counts code points, .NET counts UTF-16 units, of which a code point beyond U+FFFF has two.</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 position of a code point, within the text.</summary>
    public static int ToUtf16(string text, int position)
    {
        var units = 0;
        for (var points = 0; points < position && units < text.Length; points++)
        {
            units += char.IsSurrogatePair(text, units) ? 2 : 1;
        }

        return units;
    }

    /// <summary>How many code points come before a UTF-16 position.</summary>
    public static int FromUtf16(string text, int position)
    {
        var points = 0;
        for (var units = 0; units < position && units < text.Length; points++)
        {
            units += char.IsSurrogatePair(text, units) ? 2 : 1;
        }

        return points;
    }
}
