using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace Vilt.Visuals;

/// <summary>
/// A figure, described once in plotly.js's own terms. A front end with plotly.js draws it from that; so are the picture beside it,
/// drawn without a browser, and the Plotly.NET chart to build on.
/// </summary>
/// <remarks>A new figure is one class that derives from this one: formatters, picture and text alternative come with it.</remarks>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain])]
public abstract class Figure
{
    private readonly Lazy<PlotlyFigure> plotly;

    private protected Figure() => plotly = new(() => PlotlyFigure.Of(Traces(), Layout(), Description));

    /// <summary>What the figure shows, in one sentence with its main numbers: the text alternative for those who can't see it.</summary>
    public abstract string Description { get; }

    internal PlotlyFigure Plotly => plotly.Value;

    /// <summary>
    /// The figure as a Plotly.NET chart, for a title, axes and everything else that Plotly.NET and Plotly.NET.CSharp offer. Each call makes
    /// a new chart, since Plotly.NET changes charts in place.
    /// </summary>
    public GenericChart ToChart() => PlotlyChart.From(Plotly);

    /// <summary>The figure for plotly.js: data, layout and config.</summary>
    public string ToPlotlyJson() => Plotly.Json;

    /// <summary>The figure as a PNG file, drawn without a browser.</summary>
    public byte[] ToPng() => [.. Plotly.Png];

    /// <summary>The same as <see cref="Description"/>, unless a figure has better text for a console.</summary>
    public override string ToString() => Description;

    /// <summary>The traces, as objects that serialize to plotly.js's.</summary>
    private protected abstract object[] Traces();

    /// <summary>The layout, in the same way.</summary>
    private protected abstract object Layout();
}
