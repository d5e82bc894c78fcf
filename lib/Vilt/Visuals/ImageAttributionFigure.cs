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
    /// By default <see cref="ColorMap.CustomBlue"/>, and <see cref="ColorMap.RedWhiteGreen"/> if both signs are shown.
    /// </param>
    /// <exception cref="ArgumentException">The attributions don't have the picture's rows and columns.</exception>
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
        ColorMap = colorMap ?? (attributions.IsSigned ? ColorMap.RedWhiteGreen : ColorMap.CustomBlue);
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
        $"whose middle half lies in {Attributions.Middle}" +
        (Attributions.Warning is null ? "" : $"; {Attributions.Warning}");

    private string HeatMapTitle => Attributions.Sign switch
    {
        AttributionSign.AbsoluteValue => "Attribution Magnitude",
        AttributionSign.Positive => "Positive Attribution",
        AttributionSign.Negative => "Negative Attribution",
        AttributionSign.All => "Attribution",
        _ => throw new ArgumentOutOfRangeException(nameof(Attributions), Attributions.Sign, "There is no such sign of attributions."),
    };

    private protected override object[] Traces()
    {
        double[] ticks = Attributions.IsSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1];
        return [MapTraces.Picture(Picture, axes: 1), MapTraces.HeatMap(Attributions, ColorMap, axes: 2, ticks)];
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
            xaxis = MapTraces.Across(panels.DomainAcross(0), Picture.Width, axes: 1),
            yaxis = MapTraces.Up(panels.DomainUp(), Picture.Height, axes: 1),
            xaxis2 = MapTraces.Across(panels.DomainAcross(1), Picture.Width, axes: 2),
            yaxis2 = MapTraces.Up(panels.DomainUp(), Picture.Height, axes: 2),
            annotations = Captions(),
            shapes = new[] { MapTraces.Frame(axes: 2) },
        };
    }

    private object[] Captions()
    {
        object[] titles =
        [
            MapTraces.Caption(PictureTitle, panels.Middle(0), y: 1, size: 15, isAbove: true),
            MapTraces.Caption(HeatMapTitle, panels.Middle(1), y: 1, size: 15, isAbove: true),
        ];
        return Attributions.Warning is { } warning ? [.. titles, MapTraces.Caption(warning, 0.5, y: 0, size: 12, isAbove: false)] : titles;
    }
}
