using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>
/// Records of text attribution as one HTML table with captum's columns and legend (<c>visualize_text</c>).
/// Unlike there, all text is escaped, padding is written small and once (33 × [PAD]), so that the question's words stand out, and
/// words that speak for the answer are underlined, and those against it dotted.
/// </summary>
/// <param name="records">One row each.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource<TextAttributionTable>), PreferredMimeTypes = [MimeTypes.Html, MimeTypes.Plain])]
public sealed class TextAttributionTable(params IReadOnlyList<TextAttributionRecord> records) : IHtmlVisual
{
    internal const string Padding = "[PAD]";

    // Words carry their own background and foreground; the rest uses the page's, so that light and dark themes both work.
    // The class is written twice to outweigh JupyterLab's own rule, which sets tables flush right. Where there is little room, as on a
    // phone, the words stand below their labels, so that they are seen without scrolling.
    private const string Style = """
        <style data-once="vilt-words">
        .vilt-words { font-size: 14px; line-height: 1.5; overflow-x: auto; container-type: inline-size; }
        .vilt-words table { border-collapse: collapse; table-layout: auto; width: 100%; margin: 6px 0; font-size: inherit; }
        .vilt-words.vilt-words table th, .vilt-words.vilt-words table td {
          padding: 6px 14px 6px 0; text-align: left; vertical-align: top; background: none; border: 0; }
        .vilt-words.vilt-words table th { border-bottom: 1px solid rgba(128,128,128,.6); font-weight: 600; white-space: nowrap; }
        .vilt-words.vilt-words table td { border-bottom: 1px solid rgba(128,128,128,.25); }
        .vilt-words .vilt-label { font-weight: 600; }
        .vilt-words .vilt-sentence { line-height: 1.9; width: 55%; }
        .vilt-words mark { color: #000; padding: 2px 4px; margin-right: 1px; border-radius: 3px; white-space: nowrap; }
        .vilt-words .vilt-for { text-decoration: underline solid 2px #000; text-underline-offset: 4px; }
        .vilt-words .vilt-against { text-decoration: underline dotted 2px #000; text-underline-offset: 4px; }
        .vilt-words span.vilt-for, .vilt-words span.vilt-against { text-decoration-color: currentColor; }
        .vilt-words mark.vilt-pad { color: #767676; font-size: 9px; padding: 1px 2px; }
        .vilt-words .vilt-key { display: inline-block; white-space: nowrap; }
        .vilt-words .vilt-swatch { display: inline-block; width: 11px; height: 11px; margin: 0 5px 0 14px;
          border: 1px solid rgba(128,128,128,.8); vertical-align: -1px; }
        @container (max-width: 560px) {
          .vilt-words thead { display: none; }
          .vilt-words table, .vilt-words tbody, .vilt-words tr { display: block; }
          .vilt-words.vilt-words table td { display: inline-block; border: 0; padding: 2px 14px 2px 0; }
          .vilt-words.vilt-words table td.vilt-sentence { display: block; width: auto; }
          .vilt-words td::before { font-weight: 400; opacity: .8; }
          .vilt-words td:nth-child(1)::before { content: "True: "; }
          .vilt-words td:nth-child(2)::before { content: "Predicted: "; }
          .vilt-words td:nth-child(3)::before { content: "Attribution: "; }
          .vilt-words td:nth-child(4)::before { content: "Score: "; }
        }
        </style>
        """;

    /// <summary>The rows.</summary>
    public IReadOnlyList<TextAttributionRecord> Records { get; } = [.. records];

    /// <summary>The two colors of words; by default captum's.</summary>
    public WordColors Colors { get; init; }

    /// <summary>The table with its legend, as HTML with its own style and without scripts.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder(Style);
        html.Append("<div class=\"vilt-words\" role=\"region\" aria-label=\"Word importance\" tabindex=\"0\"><div><b>Legend:</b>");
        foreach (var (value, label) in new[] { (-1.0, "Negative"), (0.0, "Neutral"), (1.0, "Positive") })
        {
            html.Append($"<span class=\"vilt-key\"><span class=\"vilt-swatch\" style=\"background-color: {WordColor.Of(value, Colors)}\"></span>")
                .Append($"<span{ClassOf(value)}>{label}</span></span>");
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

    private void AppendRow(StringBuilder html, TextAttributionRecord record)
    {
        AppendLabel(html.Append("<tr>"), record.TrueLabel);
        AppendLabel(html, $"{record.PredictedLabel} ({record.PredictedProbability:0.00})");
        AppendLabel(html, record.AttributionLabel);
        html.Append($"<td class=\"vilt-label\" title=\"Convergence delta {record.ConvergenceDelta:0.####}\">")
            .Append($"{record.AttributionScore:0.00}</td><td class=\"vilt-sentence\">");
        foreach (var (text, attribution, isPadding) in Words(record))
        {
            html.Append($"<mark{ClassOf(attribution, isPadding)} style=\"background-color: {WordColor.Of(attribution, Colors)}\"")
                .Append($" title=\"{attribution:0.000}\">{WebUtility.HtmlEncode(text)}</mark> ");
        }

        html.Append("</td></tr>");
    }

    /// <summary>The words; a run of padding counts as one, with the sum of its attributions.</summary>
    private static IEnumerable<(string Text, double Attribution, bool IsPadding)> Words(TextAttributionRecord record)
    {
        for (var i = 0; i < record.Tokens.Count; i++)
        {
            if (record.Tokens[i] != Padding)
            {
                yield return (record.Tokens[i], record.WordAttributions[i], false);
                continue;
            }

            var (first, sum) = (i, record.WordAttributions[i]);
            while (i + 1 < record.Tokens.Count && record.Tokens[i + 1] == Padding)
            {
                sum += record.WordAttributions[++i];
            }

            yield return (i == first ? Padding : $"{i - first + 1} × {Padding}", sum, true);
        }
    }

    private static string ClassOf(double attribution, bool isPadding = false)
    {
        var sign = WordColor.SignOf(attribution) switch { > 0 => "vilt-for", < 0 => "vilt-against", _ => "" };
        var name = $"{(isPadding ? "vilt-pad " : "")}{sign}".Trim();
        return name.Length == 0 ? "" : $" class=\"{name}\"";
    }

    private static void AppendLabel(StringBuilder html, string label) =>
        html.Append("<td class=\"vilt-label\">").Append(WebUtility.HtmlEncode(label)).Append("</td>");
}
