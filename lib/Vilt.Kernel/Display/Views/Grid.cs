using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display.Views;

/// <summary>Arrays of two and more dimensions, and arrays of arrays, by rows and with their shape.</summary>
internal static class Grid
{
    /// <summary>Lays an array out.</summary>
    /// <returns>Null for an array of one dimension, and for arrays of arrays that hold more than numbers and words.</returns>
    public static View? Of(Array array) => array.Rank > 1 ? Rectangular(array) : Jagged(array);

    private static TableView Rectangular(Array array)
    {
        var limit = Formatter.ListExpansionLimit;
        int[] shape = [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
        var rowCount = shape[..^1].Aggregate(1L, (product, length) => product * length);
        var rows = Enumerable.Range(0, (int)Math.Min(rowCount, limit)).Select(row => RowOf(array, shape, row, limit)).ToList();
        var width = Math.Min(shape[^1], limit);
        // Of three and more dimensions a row says where it stands; of two it is plain to see.
        string[] columns = [.. array.Rank > 2 ? [""] : Array.Empty<string>(), .. Enumerable.Repeat("", width)];
        var caption = $"{TypeNames.Of(array.GetType().GetElementType()!)}[{string.Join(", ", shape)}]";
        return RecordTable.Of(columns, rows, More(rowCount - rows.Count, shape[^1] - width), caption);
    }

    private static IEnumerable<object?> RowOf(Array array, int[] shape, long row, int limit)
    {
        var indices = new int[shape.Length];
        for (var dimension = shape.Length - 2; dimension >= 0; dimension--)
        {
            (row, var index) = Math.DivRem(row, shape[dimension]);
            indices[dimension] = (int)index;
        }

        if (shape.Length > 2)
        {
            yield return $"[{string.Join(", ", indices[..^1])}]";
        }

        for (var i = 0; i < Math.Min(shape[^1], limit); i++)
        {
            indices[^1] = i;
            yield return array.GetValue([.. indices.Select((index, dimension) => index + array.GetLowerBound(dimension))]) ?? Formatter.NullString;
        }
    }

    private static TableView? Jagged(Array array)
    {
        if (array.GetType().GetElementType() is not { IsArray: true } inner || !IsWord(inner.GetElementType()!) || array.Length == 0)
        {
            return null;
        }

        var limit = Formatter.ListExpansionLimit;
        var rows = array.Cast<Array?>().Take(limit).ToList();
        var longest = rows.Max(row => row?.Length ?? 0);
        var width = Math.Min(longest, limit);
        var cells = rows.Select(row => row is null ? [Formatter.NullString] : row.Cast<object?>().Take(width).Select(item => item ?? Formatter.NullString))
            .Select(row => row.Concat(Enumerable.Repeat<object?>(null, Math.Max(width, 1))).Take(Math.Max(width, 1)));
        var caption = $"{TypeNames.Of(inner.GetElementType()!)}[{array.Length}][], rows of {Lengths(rows)}";
        return RecordTable.Of(
            [.. Enumerable.Repeat("", Math.Max(width, 1))], cells, More(array.Length - rows.Count, longest - width), caption);
    }

    private static string Lengths(List<Array?> rows)
    {
        List<int> lengths = [.. rows.Select(row => row?.Length ?? 0)];
        return lengths.Distinct().Count() == 1 ? $"{lengths[0]}" : string.Join(", ", lengths);
    }

    private static string More(long rows, int columns)
    {
        string[] left = [rows > 0 ? $"{rows:N0} more rows" : "", columns > 0 ? $"{columns:N0} more columns" : ""];
        var text = string.Join(" and ", left.Where(part => part.Length > 0));
        return text.Length > 0 ? $"… and {text}." : "";
    }

    private static bool IsWord(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(IFormattable).IsAssignableFrom(type)
        || (Nullable.GetUnderlyingType(type) is { } underlying && IsWord(underlying));
}
