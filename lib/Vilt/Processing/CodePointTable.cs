using System.Globalization;
using System.Text;

namespace Vilt.Processing;

/// <summary>
/// Numbers for some code points, written in hexadecimal and in order: <c>5F</c> is one code point, <c>41-5A</c> a range of them,
/// <c>100=12E</c> every second of a range; <c>:20</c> after it is the number, 1 if there is none.
/// </summary>
internal sealed class CodePointTable
{
    private readonly int[] firsts;
    private readonly Entry[] entries;

    public CodePointTable(string text)
    {
        entries = [.. text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
        firsts = [.. entries.Select(entry => entry.First)];
    }

    /// <summary>Whether the table has a code point.</summary>
    public bool Has(Rune character) => NumberOf(character) != 0;

    /// <summary>The number of a code point, 0 where the table does not have it.</summary>
    public int NumberOf(Rune character)
    {
        var code = character.Value;
        var at = Array.BinarySearch(firsts, code);
        var entry = at >= 0 ? entries[at] : at == ~0 ? default : entries[~at - 1];
        return code <= entry.Last && (code - entry.First) % Math.Max(1, entry.Step) == 0 ? entry.Number : 0;
    }

    private static Entry Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var range = colon < 0 ? text : text[..colon];
        var ends = range.Split('-', '=');
        var step = range.Contains('=', StringComparison.Ordinal) ? 2 : 1;
        return new(Hexadecimal(ends[0]), Hexadecimal(ends[^1]), step, colon < 0 ? 1 : Signed(text[(colon + 1)..]));
    }

    private static int Signed(string number) => number[0] == '-' ? -Hexadecimal(number[1..]) : Hexadecimal(number);

    private static int Hexadecimal(string number) => int.Parse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private readonly record struct Entry(int First, int Last, int Step, int Number);
}
