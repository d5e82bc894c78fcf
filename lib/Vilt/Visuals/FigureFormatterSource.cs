using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>Found by the formatter registry through the attribute on a figure's type, so that no cell has to register it.</summary>
internal sealed class FigureFormatterSource<T> : ITypeFormatterSource where T : IFigure
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new MimeFormatter<T>(MimeTypes.Plotly, figure => figure.ToPlotlyJson()),
        new MimeFormatter<T>(MimeTypes.Html, figure =>
            FigureHtml.Write(figure.ToPlotlyJson(), FigureHtml.Picture(figure.ToPng(), figure.ToString()!))),
        new MimeFormatter<T>(MimeTypes.Png, figure => Convert.ToBase64String(figure.ToPng())),
        new MimeFormatter<T>(MimeTypes.Plain, figure => figure.ToString()!),
    ];
}
