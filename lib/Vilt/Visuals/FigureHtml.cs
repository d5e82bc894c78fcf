using System.IO.Compression;
using System.Net;
using Plotly.NET;

namespace Vilt.Visuals;

/// <summary>
/// Writes a figure as HTML that needs neither an extension nor a network. What shows at first is a picture, and stays where scripts
/// may not run: in a notebook that is not trusted, or on GitHub. Scripts draw the figure over it as soon as plotly.js is there, which
/// each figure brings; a host that knows <c>data-once</c> leaves it in the notebook's first.
/// </summary>
internal static class FigureHtml
{
    private static readonly Lazy<string> Library = new(() =>
        $"<script data-once=\"plotly.js\">{DrawFigures().Replace("PLOTLY", PackedPlotly(), StringComparison.Ordinal)}</script>");

    /// <summary>Writes the figure.</summary>
    /// <param name="plotlyJson">Data, layout and config for plotly.js.</param>
    /// <param name="standIn">HTML to show until the figure is drawn, or instead.</param>
    internal static string Write(string plotlyJson, string standIn)
    {
        // JSON is JavaScript, but "</script>" in a label would end the element.
        var figure = plotlyJson.Replace("<", "\\u003c", StringComparison.Ordinal);
        return $"""
            <div><div class="vilt-figure">{standIn}</div>
            <script>(window.viltFigures ??= []).push([document.currentScript?.parentElement.querySelector(".vilt-figure"), {figure}])</script></div>
            {Library.Value}
            """;
    }

    /// <summary>A PNG file as an element.</summary>
    internal static string Picture(byte[] png, string description) =>
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(png)}\" alt=\"{WebUtility.HtmlEncode(description)}\">";

    // 3.6 MB of script in 1.5 MB of text.
    private static string PackedPlotly()
    {
        string name = typeof(GenericChart).Assembly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        using var script = typeof(GenericChart).Assembly.GetManifestResourceStream(name)!;
        using var packed = new MemoryStream();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
        {
            script.CopyTo(gzip);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    private static string DrawFigures()
    {
        using var reader = new StreamReader(typeof(FigureHtml).Assembly.GetManifestResourceStream("drawFigures.js")!);
        return reader.ReadToEnd();
    }
}
