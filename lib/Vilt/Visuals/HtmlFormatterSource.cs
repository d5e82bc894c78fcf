using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>Found by the formatter registry through the attribute on the type, so that no cell has to register it.</summary>
internal sealed class HtmlFormatterSource<T> : ITypeFormatterSource where T : IHtmlVisual
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<T>(MimeTypes.Html, visual => visual.ToHtml()),
        new MimeFormatter<T>(MimeTypes.Plain, visual => visual.ToString()!),
    ];
}
