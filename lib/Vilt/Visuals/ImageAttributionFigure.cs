using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>
/// A picture and the heat map of its attributions side by side, with a color bar: the tutorial's
/// <c>visualize_image_attr_multiple(…, ["original_image", "heat_map"])</c>. In Plotly's data the values are percents of the scale,
/// each packed into a byte.
/// </summary>
public sealed class ImageAttributionFigure : Figure
{
    private const string PictureTitle = "Original Image";
    private readonly ImagePanels panels;

    /// <summary>Makes the figure.</summary>
    /// <param name="picture">The picture that the model saw.</param>
    /// <param name="attributions">One for each of its pixels, scaled by <see cref="AttributionNormalization.Normalize"/>.</param>
    /// <param name="colorMap">
    /// By default <see cref="ColorMap.CustomBlue"/>, and <see cref="ColorMap.RedWhiteGreen"/> where both signs are shown.
    /// </param>
    /// <exception cref="ArgumentException">The attributions have not the picture's rows and columns.</exception>
    public ImageAttributionFigure(RgbImage picture, NormalizedAttributions attributions, ColorMap? colorMap = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(attributions);
        var (rows, columns) = (attributions.Values.GetLength(0), attributions.Values.GetLength(1));
        if (rows != picture.Height || columns != picture.Width)
        {
            throw new ArgumentException(
                $"The heat map has {rows} rows and {columns} columns, the picture {picture.Height} and {picture.Width}: " +
                "show the picture as the model saw it (its de-normalized pixel values).", nameof(attributions));
        }

        (Picture, Attributions) = (picture, attributions);
        ColorMap = colorMap ?? (IsSigned ? ColorMap.RedWhiteGreen : ColorMap.CustomBlue);
        panels = new ImagePanels(picture.Width, picture.Height);
    }

    /// <summary>The picture that the model saw.</summary>
    public RgbImage Picture { get; }

    /// <summary>The heat map's values.</summary>
    public NormalizedAttributions Attributions { get; }

    /// <summary>The heat map's colors.</summary>
    public ColorMap ColorMap { get; }

    /// <summary>What is shown, and where most of the attribution lies.</summary>
    public override string Description =>
        $"{PictureTitle} ({Picture.Width}×{Picture.Height}) and {HeatMapTitle} (1 = {Attributions.Threshold:g3} and beyond), " +
        $"whose middle half lies in {Middle("rows", Attributions.Values.GetLength(0), (i, j) => (i, j), Picture.Width)} and " +
        $"{Middle("columns", Attributions.Values.GetLength(1), (i, j) => (j, i), Picture.Height)}" +
        (Attributions.Warning is null ? "" : $"; {Attributions.Warning}");

    private bool IsSigned => Attributions.Sign == AttributionSign.All;

    private string HeatMapTitle => Attributions.Sign switch
    {
        AttributionSign.AbsoluteValue => "Attribution Magnitude",
        AttributionSign.Positive => "Positive Attribution",
        AttributionSign.Negative => "Negative Attribution",
        AttributionSign.All => "Attribution",
        _ => throw new ArgumentOutOfRangeException(nameof(Attributions), Attributions.Sign, "Not a sign of attributions."),
    };

    private protected override object[] Traces()
    {
        double[] ticks = IsSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1];
        var percents = new double[Picture.Height, Picture.Width];
        foreach (var (row, column) in AttributionNormalization.Cells(percents))
        {
            percents[row, column] = 100 * Attributions.Values[row, column];
        }

        return
        [
            new
            {
                type = "image",
                source = "data:image/png;base64," + Convert.ToBase64String(Picture.EncodePng()),
                xaxis = "x",
                yaxis = "y",
                hoverinfo = "skip",
            },
            new
            {
                type = "heatmap",
                z = PlotlyValues.Pack(percents, IsSigned),
                xaxis = "x2",
                yaxis = "y2",
                zmin = IsSigned ? -100 : 0,
                zmax = 100,
                zsmooth = false,
                colorscale = ColorMap.Stops.Select(stop => new object[] { stop.Position, stop.Color }),
                hovertemplate = "row %{y}, column %{x}<br>attribution %{z} % of the scale<extra></extra>",
                colorbar = new
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
                },
            },
        ];
    }

    private protected override object Layout()
    {
        var below = Attributions.Warning is null ? 16 : 42;
        const int above = 56; // titles, below the tool bar of plotly.js
        return new
        {
            width = (int)panels.Across + 16 + 90,
            height = (int)panels.Row + above + below,
            margin = new { l = 16, r = 90, t = above, b = below },
            paper_bgcolor = PlotlyStyle.Paper,
            plot_bgcolor = PlotlyStyle.Paper,
            font = PlotlyStyle.Font,
            showlegend = false,
            xaxis = Across(0, "y"),
            yaxis = Down("x"),
            xaxis2 = Across(1, "y2"),
            yaxis2 = Down("x2"),
            annotations = Captions(),
        };
    }

    // Pixel centers lie on whole numbers, and row 0 is on top.
    private object Across(int panel, string anchor) => new
    {
        domain = panels.DomainAcross(panel),
        range = new[] { -0.5, Picture.Width - 0.5 },
        visible = false,
        constrain = "domain",
        anchor,
    };

    private object Down(string anchor) => new
    {
        domain = panels.DomainUp(),
        range = new[] { Picture.Height - 0.5, -0.5 },
        visible = false,
        constrain = "domain",
        scaleanchor = anchor,
        anchor,
    };

    private object[] Captions()
    {
        object[] titles = [Text(PictureTitle, panels.Middle(0), 1, 15), Text(HeatMapTitle, panels.Middle(1), 1, 15)];
        return Attributions.Warning is { } warning ? [.. titles, Text(warning, 0.5, 0, 12)] : titles;
    }

    private static object Text(string text, double x, int y, int size) => new
    {
        text,
        x,
        y,
        xref = "paper",
        yref = "paper",
        xanchor = "center",
        yanchor = y == 1 ? "bottom" : "top",
        yshift = y == 1 ? 8 : -10,
        showarrow = false,
        font = new { size },
    };

    /// <summary>The lines, rows or columns, between which the middle half of all magnitude lies.</summary>
    private string Middle(string name, int count, Func<int, int, (int Row, int Column)> cell, int across)
    {
        double[] sums = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, across).Sum(j =>
        {
            var (row, column) = cell(i, j);
            return Math.Abs(Attributions.Values[row, column]);
        }))];
        return $"{name} {Quantile(sums, 0.25)} to {Quantile(sums, 0.75)}";
    }

    private static int Quantile(double[] weights, double share)
    {
        var rest = share * weights.Sum();
        var i = 0;
        while (i < weights.Length - 1 && (rest -= weights[i]) > 0)
        {
            i++;
        }

        return i;
    }
}
