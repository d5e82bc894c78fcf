using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Pages;

/// <summary>
/// Embeds picture files from the notebook's folder or below it, and a cell's attachments, in the page. Nothing else on the disk
/// gets into a page that may be sent to others.
/// </summary>
/// <param name="folder">Where relative paths start.</param>
internal sealed partial class EmbeddedPictures(string folder)
{
    private const long LargestPicture = 16 << 20;

    private readonly string folder = Path.GetFullPath(folder);
    private long room = 4 * LargestPicture; // Of all pictures of the page.

    /// <summary>Replaces the source of every picture that can be found. Others stay as they are.</summary>
    public string Embed(string html, JsonObject? attachments) => Source().Replace(html, match =>
    {
        var source = WebUtility.HtmlDecode(match.Groups["source"].Value);
        var embedded = FromAttachment(source, attachments) ?? FromFile(source);
        return embedded is null ? match.Value : match.Groups["before"].Value + embedded + match.Groups["quote"].Value;
    });

    /// <summary>Base64 as an address; null if it is not a picture's or not base64.</summary>
    public static string? Address(string type, string base64) =>
        PictureType().IsMatch(type) && Base64.IsValid(base64) ? $"data:{type};base64,{base64.ReplaceLineEndings("")}" : null;

    private static string? FromAttachment(string source, JsonObject? attachments)
    {
        const string Scheme = "attachment:";
        return source.StartsWith(Scheme, StringComparison.Ordinal)
            && attachments?[Uri.UnescapeDataString(source[Scheme.Length..])] is JsonObject { Count: > 0 } picture
            && picture.First() is { Value: { } content } && MultilineText.IsText(content)
            ? Address(picture.First().Key, MultilineText.Read(content))
            : null;
    }

    private string? FromFile(string source)
    {
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(source).Replace('\0', '?')));
        if (TypeOf(path) is not { } type || !IsBeside(path))
        {
            return null;
        }

        // A pipe or a device has no length, and might never end.
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is 0 or > LargestPicture || file.Length > room)
        {
            return null;
        }

        try
        {
            room -= file.Length;
            return Address(type, Convert.ToBase64String(File.ReadAllBytes(path)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a path leads into the notebook's folder, without links on the way.</summary>
    private bool IsBeside(string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        if (Path.IsPathRooted(relative) || relative.Split(Path.DirectorySeparatorChar)[0] == "..")
        {
            return false;
        }

        for (var at = path; at != folder; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
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

    [GeneratedRegex("""(?<before><img\b[^>]{0,2000}?\bsrc\s{0,9}=\s{0,9}(?<quote>["']))(?<source>[^"'>]{0,4000})\k<quote>""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();

    [GeneratedRegex(@"\Aimage/[a-z0-9.+-]{1,40}\z")]
    private static partial Regex PictureType();
}
