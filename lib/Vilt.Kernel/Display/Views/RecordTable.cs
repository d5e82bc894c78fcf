using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Shared;

namespace Vilt.Kernel.Display.Views;

/// <summary>Records as a table with a column for each of their fields.</summary>
internal static class RecordTable
{
    private const int MostColumns = 100;

    /// <summary>Makes a table of a sequence of records; they may differ in their fields.</summary>
    /// <returns>Null where the items are not records or have no fields.</returns>
    public static TableView? Of(Sequence sequence)
    {
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        var columns = new List<string>();
        var known = new HashSet<string>();
        foreach (var item in sequence.Items)
        {
            if (Members.OfRow(item) is not { } fields)
            {
                return null;
            }

            var row = new Dictionary<string, object?>();
            foreach (var (name, value) in fields)
            {
                row.TryAdd(name, value);
                if (known.Add(name))
                {
                    columns.Add(name);
                }
            }

            rows.Add(row);
        }

        return columns.Count == 0 ? null : Of(columns, rows.Select(row => columns.Select(column => row.GetValueOrDefault(column))), sequence.MoreRows);
    }

    /// <summary>Makes a table of cells.</summary>
    /// <param name="columns">The heads of the columns. Where there are very many, only the first are shown.</param>
    /// <param name="rows">The values, row by row.</param>
    /// <param name="more">What to say about rows that are left out; empty when none are.</param>
    /// <param name="caption">What stands above the table; empty for nothing.</param>
    public static TableView Of(IReadOnlyList<string> columns, IEnumerable<IEnumerable<object?>> rows, string more, string caption = "")
    {
        var left = columns.Count - MostColumns;
        var shown = columns.Take(MostColumns).ToList();
        var cells = rows.Select(row => row.Take(MostColumns).Select(CellOf).ToList()).ToList();
        return new(new TableLayout(shown, cells, left > 0 ? $"{more} … and {left} more columns.".TrimStart() : more), caption);
    }

    /// <summary>A value in a cell, shown by its own formatter if it has one.</summary>
    private static TableCell CellOf(object? value)
    {
        string? Formatted(string mimeType) => value is not null && KnownFormatters.HasAny(value.GetType(), mimeType)
            ? Guarded.Get(() => value.ToDisplayString(mimeType), _ => null!) : null;
        return new(Formatted(PlainTextFormatter.MimeType) ?? OneLine.Of(value), OneLine.IsNumber(value), Formatted(HtmlFormatter.MimeType));
    }
}
