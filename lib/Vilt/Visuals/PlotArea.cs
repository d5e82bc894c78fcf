using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Where the parts of a figure are, in pixels from its left and top edges.</summary>
internal sealed class PlotArea
{
    internal PlotArea(JsonObject layout)
    {
        Width = (int)(layout.Number("width") ?? 700);
        Height = (int)(layout.Number("height") ?? 450);
        Plot = new SKRect(Margin("l", 80), Margin("t", 100), Width - Margin("r", 80), Height - Margin("b", 80));

        float Margin(string side, float usual) => (float)(layout["margin"].Number(side) ?? usual);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>What the margins leave: plotly.js's "paper" from (0, 0), its lower-left corner, to (1, 1).</summary>
    internal SKRect Plot { get; }

    internal (float X, float Y) Paper(double x, double y) =>
        (Plot.Left + ((float)x * Plot.Width), Plot.Bottom - ((float)y * Plot.Height));

    /// <summary>The layout's name of a trace's axis: "xaxis2" where the trace says "x2".</summary>
    internal static string AxisName(JsonNode trace, string axis) => axis + "axis" + (trace.Text(axis + "axis") ?? axis)[1..];

    /// <summary>The place of a trace's axes.</summary>
    internal SKRect Of(JsonNode trace, JsonObject layout)
    {
        var (xAxis, yAxis) = (layout[AxisName(trace, "x")], layout[AxisName(trace, "y")]);
        var (across, up) = (xAxis.Numbers("domain") ?? [0, 1], yAxis.Numbers("domain") ?? [0, 1]);
        var ((left, bottom), (right, top)) = (Paper(across[0], up[0]), Paper(across[1], up[1]));
        return new SKRect(MathF.Round(left), MathF.Round(top), MathF.Round(right), MathF.Round(bottom));
    }
}
