using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>
/// Records of text attribution as one HTML table with captum's columns and legend (<c>visualize_text</c>).
/// Other than there, all text is escaped and padding is written small, so that the question's words stand out.
/// </summary>
/// <param name="records">One row each.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource<TextAttributionTable>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed class TextAttributionTable(params IReadOnlyList<TextAttributionRecord> records) : IHtmlVisual
{
    internal const string Padding = "[PAD]";

    // Words carry their own background and foreground; the rest takes the page's, so that light and dark themes both work.
    // The class is written twice to outweigh JupyterLab's own rule, which sets tables flush right.
    private const string Style = """
        <style>
        .vilt-words { font-size: 14px; line-height: 1.5; }
        .vilt-words table { border-collapse: collapse; table-layout: auto; width: 100%; margin: 6px 0; font-size: inherit; }
        .vilt-words.vilt-words table th, .vilt-words.vilt-words table td {
          padding: 6px 14px 6px 0; text-align: left; vertical-align: top; background: none; border: 0; }
        .vilt-words.vilt-words table th { border-bottom: 1px solid rgba(128,128,128,.6); font-weight: 600; white-space: nowrap; }
        .vilt-words.vilt-words table td { border-bottom: 1px solid rgba(128,128,128,.25); }
        .vilt-words .vilt-label { font-weight: 600; }
        .vilt-words .vilt-sentence { line-height: 1.9; width: 55%; }
        .vilt-words mark { color: #000; padding: 2px 4px; margin-right: 1px; border-radius: 3px; white-space: nowrap; }
        .vilt-words mark.vilt-pad { color: #767676; font-size: 9px; padding: 1px 2px; }
        .vilt-words .vilt-swatch { display: inline-block; width: 11px; height: 11px; margin: 0 5px 0 14px;
          border: 1px solid rgba(128,128,128,.8); vertical-align: -1px; }
        </style>
        """;

    /// <summary>The rows.</summary>
    public IReadOnlyList<TextAttributionRecord> Records { get; } = [.. records];

    /// <summary>The table with its legend, in its own style and without script.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(Style);
        html.Append("<div class=\"vilt-words\"><div><b>Legend:</b>");
        foreach (var (value, label) in new[] { (-1.0, "Negative"), (0.0, "Neutral"), (1.0, "Positive") })
        {
            html.Append($"<span class=\"vilt-swatch\" style=\"background-color: {WordColor.Of(value)}\"></span>{label}");
        }

        html.Append("</div><table><thead><tr><th>True Label</th><th>Predicted Label</th><th>Attribution Label</th>")
            .Append("<th>Attribution Score</th><th>Word Importance</th></tr></thead><tbody>");
        foreach (var record in Records)
        {
            AppendRow(html, record);
        }

        if (Records.Count == 0)
        {
            html.Append("<tr><td colspan=\"5\">No records.</td></tr>");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>Each record's labels, score and words.</summary>
    public override string ToString() => Records.Count == 0 ? "No records." : string.Join('\n', Records);

    private static void AppendRow(StringBuilder html, TextAttributionRecord record)
    {
        AppendLabel(html.Append("<tr>"), record.TrueLabel);
        AppendLabel(html, $"{record.PredictedLabel} ({record.PredictedProbability:0.00})");
        AppendLabel(html, record.AttributionLabel);
        html.Append($"<td class=\"vilt-label\" title=\"Convergence delta {record.ConvergenceDelta:0.####}\">")
            .Append($"{record.AttributionScore:0.00}</td><td class=\"vilt-sentence\">");
        foreach (var (token, attribution) in record.Tokens.Zip(record.WordAttributions))
        {
            var padding = token == Padding ? " class=\"vilt-pad\"" : "";
            html.Append($"<mark{padding} style=\"background-color: {WordColor.Of(attribution)}\" title=\"{attribution:0.000}\">")
                .Append(WebUtility.HtmlEncode(token)).Append("</mark> ");
        }

        html.Append("</td></tr>");
    }

    private static void AppendLabel(StringBuilder html, string label) =>
        html.Append("<td class=\"vilt-label\">").Append(WebUtility.HtmlEncode(label)).Append("</td>");
}
