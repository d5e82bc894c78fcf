using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plotly.NET;
using Vilt.Shared;

namespace Vilt.Visuals;

/// <summary>
/// Writes a figure as HTML that needs neither an extension nor a network. What shows first is a picture, which stays where scripts
/// may not run: in a notebook that is not trusted, or on GitHub. Scripts draw curves and bars over it as soon as plotly.js is loaded,
/// which each such figure brings; a heat map stays a picture and shows its values under the pointer, since plotly.js alone would be
/// more than all of them. A host that knows <c>data-once</c> leaves each script in the notebook's first.
/// </summary>
internal static class FigureHtml
{
    private const string NoPicture = "<i>Plotly.NET chart: it is drawn by a script, once the notebook is trusted.</i>";

    // The figures are drawn on white. In a dark JupyterLab or VS Code, charts are shown with light and dark changed over, colors kept; maps
    // and pictures stay as they are, since white means zero there. Printed, figures shrink to the page.
    private const string Card = "color-scheme: light; color: #252b36; background: #fff; border-radius: 8px; overflow: hidden;";
    private const string Style = """
        <style data-once="vilt-figure">
        .vilt-figure img { max-width: 100%; height: auto; display: block; }
        .vilt-figure output { position: absolute; padding: 3px 7px; border-radius: 4px; background: #252b36; color: #fff;
          font: 12px/1.4 system-ui, sans-serif; pointer-events: none; white-space: nowrap; }
        [data-jp-theme-light="false"] .vilt-chart, .vscode-dark .vilt-chart { filter: invert(0.92) hue-rotate(180deg); }
        @media print {
          .vilt-figure .svg-container { max-width: 100%; height: auto !important; }
          .vilt-figure .main-svg { width: 100%; height: 100%; }
        }
        </style>
        """;

    private static readonly Lazy<string> ShowValues = new(() =>
        $"<script data-once=\"vilt-values\">{PlotlyScript.Resource("showValues.js")}</script>");

    internal static string Write(PlotlyFigure figure)
    {
        var isPicture = figure.CanBeDrawn && figure.IsMap;
        var alternative = WebUtility.HtmlEncode(figure.Description ?? "Plotly.NET chart");
        // Blended colors would turn a red pixel beside a green one into two pixels of neither sign.
        var standIn = !figure.CanBeDrawn ? NoPicture
            : isPicture && !figure.HasSigns ? Image("webp", figure.WebP, alternative)
            : Image("png", figure.Png, alternative);
        var (list, data, script) = isPicture
            ? ("viltMaps", MapsOf(figure), ShowValues.Value)
            : ("viltFigures", figure.Json, PlotlyScript.Of(typeof(GenericChart).Assembly));
        // JSON is JavaScript, but "</script>" in a label would end the element.
        var safe = data.Replace("<", "\\u003c", StringComparison.Ordinal);
        var kind = figure.CanBeDrawn && !figure.IsMap ? " class=\"vilt-chart\"" : ""; // Who designs a chart with Plotly.NET chooses its colors.
        var width = figure.Layout.Number("width") is { } pixels ? $" max-width: {pixels}px;" : "";
        return $"""
            {Style}
            <div{kind}><div class="vilt-figure" role="img" aria-label="{alternative}" style="position: relative; {Card}{width}">{standIn}</div>
            <script>(window.{list} ??= []).push(
            [document.currentScript?.parentElement.querySelector(".vilt-figure"), {safe}])</script></div>
            {script}
            """;
    }

    private static string Image(string type, byte[] content, string alternative) =>
        $"<img src=\"data:image/{type};base64,{Convert.ToBase64String(content)}\" alt=\"{alternative}\">";

    /// <summary>Each heat map's place within the picture, as shares of its sides, and its values, packed into a byte each.</summary>
    private static string MapsOf(PlotlyFigure figure)
    {
        var area = new PlotArea(figure.Layout);
        return JsonSerializer.Serialize(figure.Traces.Where(trace => trace["z"] is JsonObject).Select(trace =>
        {
            var place = area.Of(trace, figure.Layout);
            var shape = trace["z"].Text("shape")!.Split(',');
            return new
            {
                left = place.Left / area.Width,
                right = place.Right / area.Width,
                top = place.Top / area.Height,
                bottom = place.Bottom / area.Height,
                rows = shape[0],
                columns = shape[1],
                isSigned = trace["z"].Text("dtype") == "i1",
                values = PlotlyScript.Packed(Convert.FromBase64String(trace["z"].Text("bdata")!)),
            };
        }));
    }
}
