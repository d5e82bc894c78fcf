using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using TorchSharp;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>
/// Formatters for types that can't name one themselves: pictures, which know nothing of display, Plotly.NET's charts and
/// TorchSharp's tensors.
/// </summary>
public static class Formatters
{
    /// <summary>
    /// Registers them. The library does this when it is first used; call it again after <see cref="Formatter.ResetToDefault"/>.
    /// </summary>
    // CA2255 warns of libraries that do unexpected things when loaded; this one only makes a cell's last expression show itself.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Register()
    {
        // JupyterLab and nbconvert give a PNG no text alternative; an element can have one.
        Register<RgbImage>(MimeTypes.Html, Pictures.Html);
        Register<RgbImage>(MimeTypes.Png, picture => Convert.ToBase64String(Pictures.PngToShow(picture)));
        Register<RgbImage>(MimeTypes.Plain, Pictures.Description);
        Formatter.SetPreferredMimeTypesFor(typeof(RgbImage), MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain);

        Register<GenericChart>(MimeTypes.Plotly, GenericChart.toJson);
        Register<GenericChart>(MimeTypes.Html, chart => FigureHtml.Write(FigureOf(chart)));
        Register<GenericChart>(MimeTypes.Png, chart => Convert.ToBase64String(FigureOf(chart).Png));
        Register<GenericChart>(MimeTypes.Plain, chart => FigureOf(chart).Description ?? "Plotly.NET chart");
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain);

        // TorchSharp has its own text, but that prints every slice of a batch of pictures: megabytes, and minutes.
        Register<torch.Tensor>(MimeTypes.Html, TensorSummary.Html);
        Register<torch.Tensor>(MimeTypes.Plain, TensorSummary.Text);
        Formatter.SetPreferredMimeTypesFor(typeof(torch.Tensor), MimeTypes.Html, MimeTypes.Plain);
    }

    private static PlotlyFigure FigureOf(GenericChart chart) => new(GenericChart.toJson(chart));

    private static void Register<T>(string mimeType, Func<T, string> format) => Formatter.Register(new MimeFormatter<T>(mimeType, format));
}
