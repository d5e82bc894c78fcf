using System.Text.Json;

namespace Vilt.Data;

/// <summary>Gives equal texts in a file one string: two million answers are a few thousand different ones.</summary>
internal sealed class StringPool
{
    private const int LongestPooled = 256;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> strings =
        new HashSet<string>().GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ref Utf8JsonReader json)
    {
        // A text has at most as many characters as bytes.
        if (json.ValueSpan.Length > LongestPooled)
        {
            return json.GetString()!;
        }

        Span<char> text = stackalloc char[LongestPooled];
        text = text[..json.CopyString(text)];
        if (strings.TryGetValue(text, out var known))
        {
            return known;
        }

        var added = text.ToString();
        strings.Set.Add(added);
        return added;
    }
}
