using System.Collections;
using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Shared;

namespace Vilt.Visuals;

/// <summary>A table of any values, as HTML in a notebook and as aligned text elsewhere. The first 100 rows are shown.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource<Table>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed class Table : IHtmlVisual
{
    private const int RowsShown = 100;

    /// <summary>Makes a table of named columns.</summary>
    /// <param name="columns">The heads of the columns.</param>
    /// <param name="rows">The cells, row by row; null is an empty cell.</param>
    /// <exception cref="ArgumentException">There is no column, or a row does not have one cell for each column.</exception>
    public Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        }

        Columns = [.. columns];
        Rows = [.. rows];
        for (var i = 0; i < Rows.Count; i++)
        {
            if (Rows[i].Count != Columns.Count)
            {
                throw new ArgumentException($"Row {i} has {Rows[i].Count} cells for {Columns.Count} columns.", nameof(rows));
            }
        }
    }

    /// <summary>The heads of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The cells, row by row.</summary>
    public IReadOnlyList<IReadOnlyList<object?>> Rows { get; }

    /// <summary>Makes a table with a column for each public property of the rows' type, or one column for text and numbers.</summary>
    /// <exception cref="ArgumentException">The type has no public property to show.</exception>
    public static Table From<T>(IEnumerable<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (typeof(T) == typeof(string) || typeof(T).IsPrimitive || typeof(T) == typeof(decimal))
        {
            return new Table(["Value"], rows.Select(row => new object?[] { row }));
        }

        PropertyInfo[] properties = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)];
        if (properties.Length == 0)
        {
            throw new ArgumentException($"{typeof(T).Name} has no public property to make a column from.", nameof(rows));
        }

        return new Table(
            [.. properties.Select(property => property.Name)],
            rows.Select(row => properties.Select(property => row is null ? null : property.GetValue(row)).ToArray()));
    }

    /// <summary>The table as HTML with its own style and without scripts; all text is escaped.</summary>
    public string ToHtml() => Layout().ToHtml();

    /// <summary>The table as aligned text; long cells are cut.</summary>
    public override string ToString() => Layout().ToString();

    private TableLayout Layout() => new(
        Columns,
        [.. Rows.Take(RowsShown).Select(row => row.Select(cell => new TableCell(Text(cell), IsNumber(cell))).ToArray())],
        Rows.Count > RowsShown ? $"… and {Rows.Count - RowsShown:N0} more rows." : "");

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        float or double => $"{cell:0.####}",
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => cell.ToString() ?? "",
    };

    private static bool IsNumber(object? cell) => cell is byte or short or int or long or float or double or decimal;
}
