using System.Net;
using System.Text;

namespace Vilt.Shared;

/// <summary>
/// A table as HTML and as aligned text. The library and the kernel both compile this folder, since neither knows the other and a table
/// looks the same in both.
/// </summary>
internal sealed class TableLayout
{
    private const int TextWidth = 60;
    private const string NoRows = "No rows.";

    // Anything not set here is left to the page, so that light and dark themes both work. The class is written twice to outweigh
    // JupyterLab's own rule, which sets tables flush right.
    private const string Style = """
        <style>
        .records { overflow-x: auto; font-size: 14px; line-height: 1.45; margin: 6px 0; }
        .records table { border-collapse: collapse; table-layout: auto; margin: 0; font-size: inherit; }
        .records.records table thead th, .records.records table tbody td {
          padding: 4px 18px 4px 0; text-align: left; vertical-align: top; background: none; border: 0; }
        .records.records table tbody td { max-width: 480px; }
        .records.records table thead th { border-bottom: 1px solid rgba(128,128,128,.6); font-weight: 600; }
        .records.records table tbody td { border-bottom: 1px solid rgba(128,128,128,.25); }
        .records.records table thead th.number, .records.records table tbody td.number {
          text-align: right; font-variant-numeric: tabular-nums; }
        .records .more { font-size: 13px; opacity: .7; }
        </style>
        """;

    private readonly IReadOnlyList<string> columns;
    private readonly IReadOnlyList<IReadOnlyList<TableCell>> rows;
    private readonly string more;
    private readonly bool[] areNumbers;

    /// <summary>Lays a table out.</summary>
    /// <param name="columns">The heads of the columns.</param>
    /// <param name="rows">The rows to show, each with a cell for each column.</param>
    /// <param name="more">What to say about rows that are left out; empty if none are.</param>
    public TableLayout(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows, string more)
    {
        this.columns = columns;
        this.rows = rows;
        this.more = more;
        areNumbers = [.. columns.Select((_, i) => rows.Count > 0 && rows.All(row => row[i].IsNumber || row[i].Text.Length == 0))];
    }

    /// <summary>The table as HTML with its own style and without scripts; all text is escaped.</summary>
    /// <param name="caption">The text above it; may be empty.</param>
    public string ToHtml(string caption = "")
    {
        // What scrolls sideways on a narrow screen must be reachable by keyboard, and what is reachable needs a name (WCAG 2.1.1, 4.1.2).
        var name = WebUtility.HtmlEncode(caption.Length > 0 ? caption : "Table");
        var html = new StringBuilder(Style).Append($"<div class=\"records\" role=\"group\" aria-label=\"{name}\" tabindex=\"0\">");
        if (caption.Length > 0)
        {
            html.Append($"<div class=\"more\">{WebUtility.HtmlEncode(caption)}</div>");
        }

        html.Append("<table>");
        if (columns.Any(column => column.Length > 0))
        {
            html.Append("<thead>");
            AppendRow(html, "th", [.. columns.Select(column => new TableCell(column))]);
            html.Append("</thead>");
        }

        html.Append("<tbody>");
        foreach (var row in rows)
        {
            AppendRow(html, "td", row);
        }

        html.Append(rows.Count == 0 ? $"<tr><td colspan=\"{columns.Count}\">{NoRows}</td></tr>" : "").Append("</tbody></table>");
        return html.Append(more.Length > 0 ? $"<div class=\"more\">{more}</div></div>" : "</div>").ToString();
    }

    /// <summary>The table as aligned text; long cells are cut.</summary>
    public override string ToString()
    {
        List<string[]> lines = [.. rows.Select(row => row.Select(cell => Cut(cell.Text)).ToArray())];
        if (columns.Any(column => column.Length > 0))
        {
            lines.Insert(0, [.. columns.Select(Cut)]);
        }

        int[] widths = [.. columns.Select((_, i) => lines.Select(line => Graphemes.Count(line[i])).DefaultIfEmpty().Max())];
        var texts = lines.Select(line => string.Join("  ", line.Select((cell, i) => Pad(cell, widths[i], areNumbers[i]))).TrimEnd());
        return string.Join('\n', texts.Concat(rows.Count == 0 ? [NoRows] : []).Concat(more.Length > 0 ? [more] : []));
    }

    private void AppendRow(StringBuilder html, string tag, IReadOnlyList<TableCell> cells)
    {
        html.Append("<tr>");
        for (var i = 0; i < cells.Count; i++)
        {
            html.Append(areNumbers[i] ? $"<{tag} class=\"number\">" : $"<{tag}>")
                .Append(cells[i].Html ?? WebUtility.HtmlEncode(cells[i].Text)).Append($"</{tag}>");
        }

        html.Append("</tr>");
    }

    private static string Cut(string text) => Graphemes.Cut(text.ReplaceLineEndings(" "), TextWidth);

    private static string Pad(string text, int width, bool isNumber)
    {
        var space = new string(' ', width - Graphemes.Count(text));
        return isNumber ? space + text : text + space;
    }
}
