using System.Net;
using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Two axes and the traces between them.</summary>
internal sealed class Subplot
{
    private const int TickSize = 12;
    private readonly PlotArea area;
    private readonly JsonNode? xAxis;
    private readonly JsonNode? yAxis;
    private readonly JsonObject[] traces;
    private readonly SKRect place;
    private readonly Axis x;
    private readonly Axis y;

    internal Subplot(PlotArea area, JsonObject layout, JsonObject[] traces)
    {
        (this.area, this.traces) = (area, traces);
        (xAxis, yAxis) = (layout[PlotArea.AxisName(traces[0], "x")], layout[PlotArea.AxisName(traces[0], "y")]);
        place = area.Of(traces[0], layout);
        x = AxisOf(xAxis, "x", place.Left, place.Right);
        y = AxisOf(yAxis, "y", place.Bottom, place.Top);
    }

    internal void Draw(Drawing drawing)
    {
        DrawAcross(drawing);
        DrawUp(drawing);
        for (var i = 0; i < traces.Length; i++)
        {
            switch (traces[i].Text("type"))
            {
                case "scatter": LineMarks.Draw(drawing, traces[i], x, y, PlotlyStyle.ColorOf(traces[i], i)); break;
                case "bar": BarMarks.Draw(drawing, traces[i], x, y); break;
                case "heatmap": MapMarks.DrawHeatMap(drawing, traces[i], place, area); break;
                default: MapMarks.DrawPicture(drawing, traces[i], place); break;
            }
        }
    }

    private static bool IsShown(JsonNode? axis) => axis.Flag("visible") != false;

    private static bool HasGrid(JsonNode? axis) => axis.Flag("showgrid") != false;

    private void DrawAcross(Drawing drawing)
    {
        if (!IsShown(xAxis))
        {
            return;
        }

        var isWhole = Values("x").All(value => !double.IsFinite(value) || value % 1 == 0);
        foreach (var tick in x.Ticks().Where(tick => !isWhole || tick % 1 == 0))
        {
            if (HasGrid(xAxis))
            {
                drawing.Line(x.At(tick), place.Top, x.At(tick), place.Bottom, Drawing.Grid);
            }

            drawing.Text(Axis.Label(tick), x.At(tick), place.Bottom + 18, TickSize, Drawing.Ink, SKTextAlign.Center);
        }

        drawing.Text(WebUtility.HtmlDecode(xAxis.Title() ?? ""), place.MidX, place.Bottom + 40, 13, Drawing.Ink, SKTextAlign.Center);
    }

    private void DrawUp(Drawing drawing)
    {
        if (!IsShown(yAxis))
        {
            return;
        }

        foreach (var (value, label) in Labels(yAxis, y))
        {
            if (HasGrid(yAxis))
            {
                drawing.Line(place.Left, y.At(value), place.Right, y.At(value), Drawing.Grid);
            }

            drawing.Text(label, place.Left - 8, y.At(value) + 4, TickSize, Drawing.Ink, SKTextAlign.Right);
        }

        drawing.TextUpwards(WebUtility.HtmlDecode(yAxis.Title() ?? ""), 20, place.MidY, 13, Drawing.Ink);
    }

    private static IEnumerable<(double Value, string Label)> Labels(JsonNode? node, Axis axis) =>
        node.Numbers("tickvals") is { } values
            ? values.Select((value, i) => (value, WebUtility.HtmlDecode(node?["ticktext"]?[i]?.ToString() ?? Axis.Label(value))))
            : axis.Ticks().Select(tick => (tick, Axis.Label(tick)));

    /// <summary>
    /// The axis as its layout says, or fitted to the values: from 0 if they are above it, to a little beyond the highest.
    /// </summary>
    private Axis AxisOf(JsonNode? node, string name, float start, float end)
    {
        var isLogarithmic = node.Text("type") == "log";
        if (node.Numbers("range") is [var from, var to])
        {
            var (first, last) = isLogarithmic ? (Math.Pow(10, from), Math.Pow(10, to)) : (from, to);
            return first <= last ? new Axis(first, last, start, end, isLogarithmic) : new Axis(last, first, end, start, isLogarithmic);
        }

        var values = Values(name).Where(double.IsFinite).DefaultIfEmpty(1).ToList();
        var (lowest, highest) = (values.Min(), values.Max());
        return name == "x" ? new Axis(lowest, highest, start, end, isLogarithmic)
            : isLogarithmic ? new Axis(lowest / 1.2, highest * 1.2, start, end, isLogarithmic)
            : new Axis(Math.Min(0, lowest), highest * 1.05, start, end);
    }

    private IEnumerable<double> Values(string name) => traces.SelectMany(trace => trace.Numbers(name) ?? []);
}
