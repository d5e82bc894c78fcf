using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Display;

/// <summary>One value in each of its MIME types, as nbformat holds it: JSON types as JSON, everything else as a string.</summary>
/// <param name="Data">Content by MIME type; binary content is base64.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, JsonElement> Data)
{
    // HtmlFormatter breaks for good when it is initialized before Formatter, so Formatter comes first.
    static MimeBundle() => _ = Formatter.DefaultMimeType;

    /// <summary>Formats a value through .NET Interactive's formatter registry; a list of records without a formatter becomes a table.</summary>
    /// <param name="value">The value to show; may be null.</param>
    /// <param name="mimeTypes">The types to show it in; when empty, all that are preferred for its type, and plain text.</param>
    /// <returns>The bundle, richest types first as registered.</returns>
    /// <exception cref="FormattingException">A formatter threw, or gave what is not JSON for a JSON type.</exception>
    public static MimeBundle From(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        var types = mimeTypes.Count > 0
            ? mimeTypes
            : Formatter.GetPreferredMimeTypesFor(value?.GetType()).Append(PlainTextFormatter.MimeType);
        return new(types.Distinct().ToDictionary(type => type, type => Format(value, type)));
    }

    /// <summary>Takes text that is already in a MIME type.</summary>
    /// <param name="content">The text, or base64 for a binary type.</param>
    /// <param name="mimeType">Its MIME type.</param>
    public static MimeBundle As(string content, string mimeType) =>
        new(new Dictionary<string, JsonElement> { [mimeType] = ToContent(mimeType, content) });

    /// <summary>The same bundle with one type's text changed, if it has that type.</summary>
    internal MimeBundle Change(string mimeType, Func<string, string> change) =>
        Data.TryGetValue(mimeType, out var content) && content.GetString() is { } text
            ? new(new Dictionary<string, JsonElement>(Data) { [mimeType] = ToContent(mimeType, change(text)) })
            : this;

    private static JsonElement Format(object? value, string mimeType)
    {
        try
        {
            return ToContent(mimeType, FormatAsTable(value, mimeType) ?? value.ToDisplayString(mimeType));
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ThreadInterruptedException))
        {
            throw new FormattingException(value?.GetType(), mimeType, exception);
        }
    }

    private static string? FormatAsTable(object? value, string mimeType) =>
        mimeType is not (HtmlFormatter.MimeType or PlainTextFormatter.MimeType) || value is null || UserFormatters.Has(value.GetType(), mimeType)
            ? null
            : mimeType == HtmlFormatter.MimeType ? Records.TableOf(value)?.ToHtml() : Records.TableOf(value)?.ToString();

    private static JsonElement ToContent(string mimeType, string text)
    {
        if (IsJson(mimeType))
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }

        return JsonSerializer.SerializeToElement(text);
    }

    private static bool IsJson(string mimeType) =>
        mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
