using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>Pictures and heat maps in plotly.js's terms, each on axes of its own, whose numbers count from 1.</summary>
internal static class MapTraces
{
    internal static object Picture(RgbImage picture, int axes) => new
    {
        type = "image",
        source = "data:image/png;base64," + Convert.ToBase64String(picture.EncodePng()),
        xaxis = "x" + Number(axes),
        yaxis = "y" + Number(axes),
        hoverinfo = "skip",
    };

    /// <summary>A heat map. Its values are percents of the scale, each packed into a byte.</summary>
    /// <param name="attributions">The values.</param>
    /// <param name="colorMap">Their colors.</param>
    /// <param name="axes">Number of its axes.</param>
    /// <param name="ticks">Labels of the color bar, in shares of the scale; null for none.</param>
    internal static object HeatMap(NormalizedAttributions attributions, ColorMap colorMap, int axes, double[]? ticks)
    {
        var percents = new double[attributions.Values.GetLength(0), attributions.Values.GetLength(1)];
        foreach (var (row, column) in AttributionNormalization.Cells(percents))
        {
            percents[row, column] = 100 * attributions.Values[row, column];
        }

        return new
        {
            type = "heatmap",
            z = PlotlyValues.Pack(percents, attributions.IsSigned),
            xaxis = "x" + Number(axes),
            yaxis = "y" + Number(axes),
            zmin = attributions.IsSigned ? -100 : 0,
            zmax = 100,
            zsmooth = false,
            colorscale = colorMap.Stops.Select(stop => new object[] { stop.Position, stop.Color }),
            hovertemplate = "row %{y}, column %{x}<br>attribution %{z} % of the scale<extra></extra>",
            showscale = ticks is not null,
            colorbar = ticks is null ? null : ColorBar(ticks),
        };
    }

    /// <summary>The horizontal axis. Pixel centers are at whole numbers.</summary>
    internal static object Across(double[] domain, int width, int axes) => new
    {
        domain,
        range = new[] { -0.5, width - 0.5 },
        visible = false,
        constrain = "domain",
        anchor = "y" + Number(axes),
    };

    /// <summary>The vertical axis; row 0 is at the top.</summary>
    internal static object Up(double[] domain, int height, int axes) => new
    {
        domain,
        range = new[] { height - 0.5, -0.5 },
        visible = false,
        constrain = "domain",
        scaleanchor = "x" + Number(axes),
        anchor = "x" + Number(axes),
    };

    /// <summary>A line around a map, whose edges may be white.</summary>
    internal static object Frame(int axes) => new
    {
        type = "rect",
        xref = $"x{Number(axes)} domain",
        yref = $"y{Number(axes)} domain",
        x0 = 0,
        x1 = 1,
        y0 = 0,
        y1 = 1,
        line = new { color = PlotlyStyle.Grid, width = 1 },
    };

    /// <summary>A line of text above a place of the figure, or below it.</summary>
    internal static object Caption(string text, double x, double y, int size, bool isAbove) => new
    {
        text,
        x,
        y,
        xref = "paper",
        yref = "paper",
        xanchor = "center",
        yanchor = isAbove ? "bottom" : "top",
        yshift = isAbove ? 8 : -10,
        showarrow = false,
        font = new { size },
    };

    /// <summary>The number in the name of an axis: none for the first.</summary>
    internal static string Number(int axes) => axes == 1 ? "" : $"{axes}";

    private static object ColorBar(double[] ticks) => new
    {
        x = 1,
        xanchor = "left",
        xpad = 14,
        y = 0.5,
        ypad = 0,
        len = 1,
        thickness = 16,
        outlinewidth = 0,
        tickvals = ticks.Select(tick => 100 * tick),
        ticktext = ticks.Select(tick => $"{tick:0.0}"),
        tickfont = new { size = 12 },
    };
}
