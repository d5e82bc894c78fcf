using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>
/// A picture and the heat map of its attributions side by side, with a color bar: the tutorial's
/// <c>visualize_image_attr_multiple(…, ["original_image", "heat_map"])</c>.
/// </summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource<ImageAttributionFigure>),
    PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain])]
public sealed class ImageAttributionFigure : IFigure
{
    internal const string PictureTitle = "Original Image";

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
    }

    /// <summary>The picture that the model saw.</summary>
    public RgbImage Picture { get; }

    /// <summary>The heat map's values.</summary>
    public NormalizedAttributions Attributions { get; }

    /// <summary>The heat map's colors.</summary>
    public ColorMap ColorMap { get; }

    internal bool IsSigned => Attributions.Sign == AttributionSign.All;

    internal double Lowest => IsSigned ? -1 : 0;

    internal double[] Ticks => IsSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.2, 0.4, 0.6, 0.8, 1];

    internal string HeatMapTitle => Attributions.Sign switch
    {
        AttributionSign.AbsoluteValue => "Attribution Magnitude",
        AttributionSign.Positive => "Positive Attribution",
        AttributionSign.Negative => "Negative Attribution",
        _ => "Attribution",
    };

    /// <summary>The figure for plotly.js; a pixel's value shows under the pointer.</summary>
    public string ToPlotlyJson() => ImageAttributionPlotly.Write(this);

    /// <summary>The figure as a PNG file, drawn without a browser.</summary>
    public byte[] ToPng() => ImageAttributionPng.Draw(this);

    /// <summary>What is shown, in one line.</summary>
    public override string ToString() =>
        $"{PictureTitle} ({Picture.Width}×{Picture.Height}) and {HeatMapTitle} (1 = {Attributions.Threshold:g3} and beyond)" +
        (Attributions.Warning is null ? "" : $"; {Attributions.Warning}");
}
