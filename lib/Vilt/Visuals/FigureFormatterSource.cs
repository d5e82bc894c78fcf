using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>Found by the formatter registry through the attribute on <see cref="Figure"/>, so that no cell has to register it.</summary>
internal sealed class FigureFormatterSource : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<Figure>(MimeTypes.Plotly, figure => figure.Plotly.Json),
        new MimeFormatter<Figure>(MimeTypes.Html, figure => FigureHtml.Write(figure.Plotly)),
        new MimeFormatter<Figure>(MimeTypes.Png, figure => Convert.ToBase64String(figure.Plotly.Png)),
        new MimeFormatter<Figure>(MimeTypes.Plain, figure => figure.ToString()),
    ];
}
