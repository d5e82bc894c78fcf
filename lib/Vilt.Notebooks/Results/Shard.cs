using System.Globalization;

namespace Vilt.Notebooks.Results;

/// <summary>One of several equal shares of the work: index from 0 and number of shares, written as in 0/4.</summary>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>All of the work.</summary>
    public static readonly Shard Whole = new(0, 1);

    /// <summary>Reads "i/n"; null if it is not of this form, or i is not below n.</summary>
    public static Shard? Parse(string text)
    {
        var numbers = text.Split('/');
        return numbers.Length == 2 && Number(numbers[0]) is int index && Number(numbers[1]) is int count && index < count
            ? new Shard(index, count)
            : null;
    }

    /// <summary>Whether a part of the work is in this share.</summary>
    public bool Has(int part) => part % Count == Index;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
