using System.Collections;
using System.Net;
using System.Reflection;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>A table of anything, as HTML in a notebook and as aligned text elsewhere. The first 100 rows are shown.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource<Table>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed class Table : IHtmlVisual
{
    private const int RowsShown = 100;
    private const int TextWidth = 60;

    // The class is written twice to outweigh JupyterLab's own rule, which sets tables flush right.
    private const string Style = """
        <style>
        .vilt-table { overflow-x: auto; font-size: 14px; line-height: 1.45; margin: 6px 0; }
        .vilt-table table { border-collapse: collapse; table-layout: auto; margin: 0; font-size: inherit; }
        .vilt-table.vilt-table table thead th, .vilt-table.vilt-table table tbody td {
          padding: 4px 18px 4px 0; text-align: left; vertical-align: top; background: none; border: 0; }
        .vilt-table.vilt-table table tbody td { max-width: 480px; }
        .vilt-table.vilt-table table thead th { border-bottom: 1px solid rgba(128,128,128,.6); font-weight: 600; }
        .vilt-table.vilt-table table tbody td { border-bottom: 1px solid rgba(128,128,128,.25); }
        .vilt-table.vilt-table table thead th.vilt-number, .vilt-table.vilt-table table tbody td.vilt-number {
          text-align: right; font-variant-numeric: tabular-nums; }
        .vilt-table .vilt-more { font-size: 13px; opacity: .7; }
        </style>
        """;

    private readonly bool[] isNumeric;

    /// <summary>Makes a table of named columns.</summary>
    /// <param name="columns">The heads of the columns.</param>
    /// <param name="rows">The cells, row by row; null is an empty cell.</param>
    /// <exception cref="ArgumentException">There is no column, or a row has not one cell for each column.</exception>
    public Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A table needs a column.", nameof(columns));
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

        isNumeric = [.. Columns.Select((_, i) => Rows.Count > 0 && Rows.All(row => row[i] is null || IsNumber(row[i])))];
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
            throw new ArgumentException($"{typeof(T).Name} has no public property to make a column of.", nameof(rows));
        }

        return new Table(
            [.. properties.Select(property => property.Name)],
            rows.Select(row => properties.Select(property => row is null ? null : property.GetValue(row)).ToArray()));
    }

    /// <summary>The table in its own style and without script; all text is escaped.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(Style);
        html.Append("<div class=\"vilt-table\"><table><thead><tr>");
        for (var i = 0; i < Columns.Count; i++)
        {
            AppendCell(html, "th", i, Columns[i]);
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows.Take(RowsShown))
        {
            html.Append("<tr>");
            for (var i = 0; i < Columns.Count; i++)
            {
                AppendCell(html, "td", i, Text(row[i]));
            }

            html.Append("</tr>");
        }

        if (Rows.Count == 0)
        {
            html.Append($"<tr><td colspan=\"{Columns.Count}\">No rows.</td></tr>");
        }

        html.Append("</tbody></table>");
        if (Rows.Count > RowsShown)
        {
            html.Append($"<div class=\"vilt-more\">{More()}</div>");
        }

        return html.Append("</div>").ToString();
    }

    /// <summary>The table as aligned text; long cells are cut.</summary>
    public override string ToString()
    {
        string[][] lines = [[.. Columns], .. Rows.Take(RowsShown).Select(row => row.Select(cell => Cut(Text(cell))).ToArray())];
        int[] widths = [.. Columns.Select((_, i) => lines.Max(line => line[i].Length))];
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, i) => isNumeric[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        if (Rows.Count == 0)
        {
            text.AppendLine("No rows.");
        }

        if (Rows.Count > RowsShown)
        {
            text.AppendLine(More());
        }

        return text.ToString().TrimEnd();
    }

    private void AppendCell(StringBuilder html, string tag, int column, string text)
    {
        var style = isNumeric[column] ? " class=\"vilt-number\"" : "";
        html.Append($"<{tag}{style}>").Append(WebUtility.HtmlEncode(text)).Append($"</{tag}>");
    }

    private string More() => $"… and {Rows.Count - RowsShown:N0} more rows.";

    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        float or double => $"{cell:0.####}",
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Text)),
        _ => cell.ToString() ?? "",
    };

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= TextWidth ? line : line[..(TextWidth - 1)] + "…";
    }

    private static bool IsNumber(object? cell) => cell is byte or short or int or long or float or double or decimal;
}
