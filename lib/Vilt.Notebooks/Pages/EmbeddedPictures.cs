using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Pages;

/// <summary>Puts picture files beside the notebook, and a cell's attachments, into the page itself.</summary>
/// <param name="folder">Where relative paths start.</param>
internal sealed partial class EmbeddedPictures(string folder)
{
    /// <summary>Replaces the source of every picture that can be found. Others stay as they are.</summary>
    public string Embed(string html, JsonObject? attachments) => Source().Replace(html, match =>
    {
        var source = WebUtility.HtmlDecode(match.Groups["source"].Value);
        var embedded = FromAttachment(source, attachments) ?? FromFile(source);
        return embedded is null ? match.Value : match.Groups["before"].Value + embedded + match.Groups["quote"].Value;
    });

    private static string? FromAttachment(string source, JsonObject? attachments)
    {
        const string Scheme = "attachment:";
        return source.StartsWith(Scheme, StringComparison.Ordinal)
            && attachments?[Uri.UnescapeDataString(source[Scheme.Length..])] is JsonObject { Count: > 0 } picture
            ? $"data:{picture.First().Key};base64,{picture.First().Value}"
            : null;
    }

    private string? FromFile(string source)
    {
        var path = Path.Combine(folder, Uri.UnescapeDataString(source));
        return TypeOf(path) is { } type && File.Exists(path) ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}" : null;
    }

    private static string? TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".bmp" => "image/bmp",
        ".svg" => "image/svg+xml",
        _ => null,
    };

    [GeneratedRegex("""(?<before><img\b[^>]*?\bsrc\s*=\s*(?<quote>["']))(?<source>[^"'>]*)\k<quote>""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
