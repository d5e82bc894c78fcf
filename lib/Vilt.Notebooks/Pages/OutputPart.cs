using System.Net;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Pages;

/// <summary>Turns a cell's outputs into HTML, each in the richest of its MIME types that a page can show.</summary>
/// <param name="markdown">Renders Markdown outputs.</param>
internal sealed class OutputPart(MarkdownPart markdown)
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private const int LongText = 400;

    /// <summary>Whether an output so far needs plotly.js.</summary>
    public bool HasFigures { get; private set; }

    /// <summary>Gives an nbformat output as HTML; nothing for what nbformat does not know, such as an old output.</summary>
    public string ToHtml(JsonNode? output) => output is not JsonObject known ? "" : known["output_type"]?.ToString() switch
    {
        "stream" => Text(known, "text") is { } text ? Stream(known["name"]?.ToString(), text) : "",
        "error" => Error(known),
        _ => known["data"] is JsonObject data ? Display(data) : "",
    };

    private static string Stream(string? name, string text) =>
        Pre($"stream {(name == "stderr" ? "stderr" : "stdout")}", text);

    private static string Error(JsonObject output)
    {
        var lines = output["traceback"] is JsonArray traceback ? traceback.Select(line => line?.ToString() ?? "") : [];
        return Pre("error", string.Join('\n', lines));
    }

    /// <summary>Text of a host; what may be long enough to be scrolled can be reached by the keyboard.</summary>
    private static string Pre(string kind, string text) =>
        $"<pre class=\"{kind}\"{(text.Length > LongText ? " tabindex=\"0\" role=\"group\" aria-label=\"Output\"" : "")}>{AnsiText.ToHtml(text)}</pre>\n";

    private string Display(JsonObject data)
    {
        if (data[Plotly] is { } figure)
        {
            HasFigures = true;
            return HtmlPage.Figure(figure.ToJsonString(), Picture(data, "image/png") ?? "", Text(data, "text/plain") ?? "figure");
        }

        return Text(data, "text/html") is { } html && !IsPlain(html, data) ? $"<div class=\"paper html\">{html}</div>\n"
            : Picture(data, "image/svg+xml") ?? Picture(data, "image/png") ?? Picture(data, "image/jpeg")
            ?? (Text(data, "text/markdown") is { } text ? $"<div class=\"markdown\">{markdown.ToHtml(text)}</div>\n"
                : Text(data, "text/plain") is { } plain ? Pre("plain", plain) : "");
    }

    /// <summary>Whether the HTML is only plain text in .NET Interactive's frame, which needs no white background.</summary>
    private static bool IsPlain(string html, JsonObject data) =>
        html.StartsWith("<div class=\"dni-plaintext\">", StringComparison.Ordinal) && data.ContainsKey("text/plain");

    private static string? Text(JsonObject data, string type) => MultilineText.IsText(data[type]) ? MultilineText.Read(data[type]!) : null;

    private static string? Picture(JsonObject data, string type)
    {
        if (Text(data, type) is not { } content)
        {
            return null;
        }

        var base64 = type == "image/svg+xml" ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content)) : content;
        var alternative = WebUtility.HtmlEncode(Text(data, "text/plain") ?? "");
        return EmbeddedPictures.Address(type, base64) is { } source ? $"<img class=\"paper\" src=\"{source}\" alt=\"{alternative}\">\n" : null;
    }
}
