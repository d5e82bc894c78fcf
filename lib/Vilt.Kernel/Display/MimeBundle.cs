using System.Globalization;
using System.Text.Json;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Kernel.Display.Views;

namespace Vilt.Kernel.Display;

/// <summary>One value in each of its MIME types, as nbformat holds it: JSON types as JSON, everything else as a string.</summary>
/// <param name="Data">Content by MIME type; binary content is base64.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, JsonElement> Data)
{
    /// <summary>How many items of a list and rows of a table are shown, unless a cell sets <see cref="Formatter.ListExpansionLimit"/>.</summary>
    public const int ItemsShown = 100;

    // HtmlFormatter breaks for good if it is initialized before Formatter. Setting a property of Formatter initializes that first.
    static MimeBundle() => Formatter.ListExpansionLimit = ItemsShown;

    /// <summary>
    /// Formats a value through .NET Interactive's formatter registry. Sequences and objects without a formatter of their own are read
    /// once and shown the same in HTML and plain text: lists of records as tables, others as lists and trees.
    /// </summary>
    /// <param name="value">The value to show; may be null.</param>
    /// <param name="mimeTypes">The types to show it in; when empty, all that are preferred for its type, and plain text.</param>
    /// <returns>The bundle, richest types first as registered.</returns>
    /// <exception cref="FormattingException">A formatter threw, or gave what is not JSON for a JSON type.</exception>
    public static MimeBundle From(object? value, params IReadOnlyCollection<string> mimeTypes)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // Numbers in tables and pictures are written the same everywhere.
        try
        {
            var types = (mimeTypes.Count > 0 ? mimeTypes : PreferredTypes(value)).Distinct().ToList();
            var shown = new ShownValue(value, types);
            return new(types.ToDictionary(type => type, type => Format(shown, type)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Takes text that is already in a MIME type.</summary>
    /// <param name="content">The text, or base64 for a binary type.</param>
    /// <param name="mimeType">Its MIME type.</param>
    public static MimeBundle As(string content, string mimeType) => As([KeyValuePair.Create(mimeType, content)]);

    /// <summary>Takes texts that are already in MIME types.</summary>
    /// <param name="contents">By MIME type the text, or base64 for a binary type.</param>
    internal static MimeBundle As(IEnumerable<KeyValuePair<string, string>> contents) =>
        new(contents.ToDictionary(content => content.Key, content => ToContent(content.Key, content.Value)));

    /// <summary>The same bundle with one type's text changed, if it has that type.</summary>
    internal MimeBundle Change(string mimeType, Func<string, string> change) =>
        Data.TryGetValue(mimeType, out var content) && content.GetString() is { } text
            ? new(new Dictionary<string, JsonElement>(Data) { [mimeType] = ToContent(mimeType, change(text)) })
            : this;

    private static IEnumerable<string> PreferredTypes(object? value)
    {
        var preferred = Formatter.GetPreferredMimeTypesFor(value?.GetType()).Append(PlainTextFormatter.MimeType);
        return value is null ? preferred : ShownValue.RicherTypes(value).Concat(preferred);
    }

    private static JsonElement Format(ShownValue shown, string mimeType)
    {
        try
        {
            return ToContent(mimeType, shown.In(mimeType));
        }
        catch (Exception exception) when (Guarded.IsOfValue(exception))
        {
            throw new FormattingException(shown.Type, mimeType, exception);
        }
    }

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
