using System.Net;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Draws a figure of this library from its description, with its parts where plotly.js puts them.</summary>
internal static class FigurePicture
{
    private const string NotDrawn = "This chart is drawn by a script, once the notebook is trusted.";

    internal static Drawing Draw(PlotlyFigure figure)
    {
        var area = new PlotArea(figure.Layout);
        var drawing = new Drawing(area.Width, area.Height);
        if (!figure.CanBeDrawn)
        {
            drawing.Text(NotDrawn, area.Width / 2f, area.Height / 2f, 13, Drawing.Ink, SKTextAlign.Center);
            return drawing;
        }

        foreach (var traces in figure.Traces.GroupBy(trace => (PlotArea.AxisName(trace, "x"), PlotArea.AxisName(trace, "y"))))
        {
            new Subplot(area, figure.Layout, [.. traces]).Draw(drawing);
        }

        DrawTitle(drawing, figure.Layout, area);
        foreach (var annotation in figure.Layout["annotations"]?.AsArray() ?? [])
        {
            DrawAnnotation(drawing, annotation!, area);
        }

        FigureLegend.Draw(drawing, figure, area);
        return drawing;
    }

    private static void DrawTitle(Drawing drawing, JsonObject layout, PlotArea area)
    {
        if (layout.Title() is { } title)
        {
            var x = (float)(layout["title"].Number("x") ?? 0.5) * area.Width;
            drawing.Text(WebUtility.HtmlDecode(title), x, (area.Plot.Top / 2) + 5, 15, Drawing.Ink, SKTextAlign.Center);
        }
    }

    private static void DrawAnnotation(Drawing drawing, JsonNode annotation, PlotArea area)
    {
        var (x, y) = area.Paper(annotation.Number("x") ?? 0, annotation.Number("y") ?? 0);
        var size = (float)(annotation["font"].Number("size") ?? 13);
        var baseline = y - (float)(annotation.Number("yshift") ?? 0) + annotation.Text("yanchor") switch
        {
            "bottom" => -size / 4,
            "top" => size,
            _ => size / 3,
        };
        drawing.Text(WebUtility.HtmlDecode(annotation.Text("text") ?? ""), x, baseline, size, Drawing.Ink, SKTextAlign.Center);
    }
}
