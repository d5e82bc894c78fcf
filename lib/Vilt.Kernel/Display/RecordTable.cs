using System.Collections;
using System.Globalization;
using System.Net;
using System.Text;

namespace Vilt.Kernel.Display;

/// <summary>Records as a table with a column for each of their fields.</summary>
internal sealed class RecordTable
{
    /// <summary>The most rows that a table has.</summary>
    public const int RowsShown = 100;

    private const int ItemsShown = 10;
    private const int DeepestList = 3;
    private const int TextWidth = 60;

    // What no theme sets is left to the page, so that light and dark ones both work. The class is written twice to outweigh
    // JupyterLab's own rule, which sets tables flush right.
    private const string Style = """
        <style>
        .records { overflow-x: auto; }
        .records table { border-collapse: collapse; margin: 4px 0; }
        .records.records table thead th, .records.records table tbody td { padding: 3px 18px 3px 0; text-align: left; vertical-align: top; border: 0; }
        .records.records table thead th { border-bottom: 1px solid rgba(128,128,128,.6); }
        .records.records table tbody td { border-bottom: 1px solid rgba(128,128,128,.25); }
        .records.records table thead th.number, .records.records table tbody td.number { text-align: right; font-variant-numeric: tabular-nums; }
        </style>
        """;

    private readonly string[] columns;
    private readonly string[][] rows;
    private readonly bool[] areNumbers;
    private readonly string more;

    /// <summary>Makes a table.</summary>
    /// <param name="records">The fields of each record, by name; records may differ in them.</param>
    /// <param name="more">What to say of rows that are not there; empty when all are.</param>
    public RecordTable(IReadOnlyList<IReadOnlyList<KeyValuePair<string, object?>>> records, string more)
    {
        this.more = more;
        columns = [.. records.SelectMany(record => record.Select(field => field.Key)).Distinct()];
        // A type that hides a property of its base has two of one name; the first is the type's own.
        object?[][] cells = [.. records.Select(record => columns.Select(
            column => record.FirstOrDefault(field => field.Key == column).Value).ToArray())];
        rows = [.. cells.Select(row => row.Select(TextOf).ToArray())];
        areNumbers = [.. columns.Select((_, i) => cells.All(row => row[i] is null || IsNumber(row[i])))];
    }

    /// <summary>The table with its style; all text is escaped.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(Style);
        html.Append("<div class=\"records\"><table><thead>");
        AppendRow(html, "th", columns);
        html.Append("</thead><tbody>");
        foreach (var row in rows)
        {
            AppendRow(html, "td", row);
        }

        html.Append("</tbody></table>");
        return html.Append(more.Length > 0 ? $"<p>{more}</p></div>" : "</div>").ToString();
    }

    /// <summary>The table as aligned text; long cells are cut.</summary>
    public override string ToString()
    {
        string[][] lines = [columns, .. rows.Select(row => row.Select(Cut).ToArray())];
        int[] widths = [.. columns.Select((_, i) => lines.Max(line => line[i].Length))];
        var texts = lines.Select(line => string.Join("  ", line.Select(
            (cell, i) => areNumbers[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        return string.Join('\n', more.Length > 0 ? texts.Append(more) : texts);
    }

    /// <summary>A value on one line or so.</summary>
    public static string TextOf(object? value) => TextAt(value, depth: 0);

    private static string TextAt(object? value, int depth) => value switch
    {
        null => "",
        string text => text,
        double or float or Half => string.Format(CultureInfo.InvariantCulture, "{0:G7}", value),
        DateTime or DateTimeOffset => string.Format(CultureInfo.InvariantCulture, "{0:u}", value),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        IEnumerable when depth == DeepestList => "…", // A list may lie in itself.
        IEnumerable items => ListOf([.. items.Cast<object?>().Take(ItemsShown + 1)], depth),
        _ => value.ToString() ?? "",
    };

    private static string ListOf(object?[] items, int depth) =>
        string.Join(", ", items.Take(ItemsShown).Select(item => TextAt(item, depth + 1))) + (items.Length > ItemsShown ? ", …" : "");

    private void AppendRow(StringBuilder html, string tag, string[] cells)
    {
        html.Append("<tr>");
        for (var i = 0; i < cells.Length; i++)
        {
            html.Append(areNumbers[i] ? $"<{tag} class=\"number\">" : $"<{tag}>").Append(WebUtility.HtmlEncode(cells[i])).Append($"</{tag}>");
        }

        html.Append("</tr>");
    }

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= TextWidth ? line : line[..(TextWidth - 1)] + "…";
    }

    private static bool IsNumber(object? value) =>
        value is byte or sbyte or short or ushort or int or uint or long or ulong or float or double or Half or decimal;
}
