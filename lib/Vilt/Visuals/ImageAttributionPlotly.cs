using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Writes an <see cref="ImageAttributionFigure"/> as Plotly JSON.</summary>
internal static class ImageAttributionPlotly
{
    internal static string Write(ImageAttributionFigure figure)
    {
        var panels = new ImagePanels(figure.Picture.Width, figure.Picture.Height, figure.Attributions.Warning is not null);
        return PlotlyStyle.Json([Picture(figure), HeatMap(figure, panels)], Layout(figure, panels));
    }

    private static object Picture(ImageAttributionFigure figure) => new
    {
        type = "image",
        source = "data:image/png;base64," + Convert.ToBase64String(figure.Picture.EncodePng()),
        xaxis = "x",
        yaxis = "y",
        hoverinfo = "skip",
    };

    private static object HeatMap(ImageAttributionFigure figure, ImagePanels panels) => new
    {
        type = "heatmap",
        z = Rounded(figure.Attributions.Values),
        xaxis = "x2",
        yaxis = "y2",
        zmin = figure.Lowest,
        zmax = 1,
        zsmooth = false,
        colorscale = figure.ColorMap.Stops.Select(stop => new object[] { stop.Position, stop.Color }),
        hovertemplate = "row %{y}, column %{x}<br>attribution %{z:.3f}<extra></extra>",
        colorbar = new
        {
            x = panels.Bar.Left / panels.Width,
            xanchor = "left",
            xpad = 0,
            y = 1 - (panels.Bar.MidY / panels.Height),
            ypad = 0,
            len = panels.Bar.Height,
            lenmode = "pixels",
            thickness = panels.Bar.Width,
            outlinewidth = 0,
            tickvals = figure.Ticks,
            tickfont = new { size = 12 },
        },
    };

    private static object Layout(ImageAttributionFigure figure, ImagePanels panels) => new
    {
        width = panels.Width,
        height = panels.Height,
        margin = new { l = 0, r = 0, t = 0, b = 0 },
        paper_bgcolor = PlotlyStyle.Paper,
        plot_bgcolor = PlotlyStyle.Paper,
        font = PlotlyStyle.Font,
        showlegend = false,
        xaxis = Across(panels.Picture, panels, figure.Picture.Width, "y"),
        yaxis = Down(panels.Picture, panels, figure.Picture.Height, "x"),
        xaxis2 = Across(panels.HeatMap, panels, figure.Picture.Width, "y2"),
        yaxis2 = Down(panels.HeatMap, panels, figure.Picture.Height, "x2"),
        annotations = Captions(figure, panels),
    };

    // Pixel centers lie on whole numbers, and row 0 is on top.
    private static object Across(SKRect panel, ImagePanels panels, int columns, string anchor) => new
    {
        domain = new[] { panel.Left / panels.Width, panel.Right / panels.Width },
        range = new[] { -0.5, columns - 0.5 },
        visible = false,
        constrain = "domain",
        anchor,
    };

    private static object Down(SKRect panel, ImagePanels panels, int rows, string anchor) => new
    {
        domain = new[] { 1 - (panel.Bottom / panels.Height), 1 - (panel.Top / panels.Height) },
        range = new[] { rows - 0.5, -0.5 },
        visible = false,
        constrain = "domain",
        scaleanchor = anchor,
        anchor,
    };

    private static object[] Captions(ImageAttributionFigure figure, ImagePanels panels)
    {
        object[] titles =
        [
            Text(ImageAttributionFigure.PictureTitle, panels.Picture.MidX, panels.Picture.Top - 18, 15, panels),
            Text(figure.HeatMapTitle, panels.HeatMap.MidX, panels.HeatMap.Top - 18, 15, panels),
        ];
        return figure.Attributions.Warning is string warning
            ? [.. titles, Text(warning, panels.Width / 2f, panels.Height - 18, 12, panels)]
            : titles;
    }

    private static object Text(string text, float x, float y, int size, ImagePanels panels) => new
    {
        text,
        x = x / panels.Width,
        y = 1 - (y / panels.Height),
        xref = "paper",
        yref = "paper",
        xanchor = "center",
        yanchor = "middle",
        showarrow = false,
        font = new { size },
    };

    // Three digits are finer than the color map's 256 steps, and keep a figure's JSON small.
    private static double[][] Rounded(double[,] values) =>
        [.. Enumerable.Range(0, values.GetLength(0)).Select(row =>
            Enumerable.Range(0, values.GetLength(1)).Select(column => Math.Round(values[row, column], 3)).ToArray())];
}
