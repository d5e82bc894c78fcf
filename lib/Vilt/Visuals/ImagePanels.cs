namespace Vilt.Visuals;

/// <summary>Sizes of an <see cref="ImageAttributionFigure"/>'s parts in pixels: two columns, a color bar at their right.</summary>
internal sealed class ImagePanels
{
    private const int LongestSide = 360;
    private const int Gap = 32;
    private const int NarrowestColumn = 170; // a panel's title fits
    private const int LowestRow = 150;       // the color bar's labels fit
    private readonly float width;
    private readonly float height;
    private readonly float column;

    internal ImagePanels(int imageWidth, int imageHeight)
    {
        var scale = Math.Min((float)LongestSide / imageWidth, (float)LongestSide / imageHeight);
        width = Math.Max(1, MathF.Round(imageWidth * scale));
        height = Math.Max(1, MathF.Round(imageHeight * scale));
        column = Math.Max(width, NarrowestColumn);
        Row = Math.Max(height, LowestRow);
    }

    /// <summary>Width of both columns in pixels.</summary>
    internal float Across => (2 * column) + Gap;

    /// <summary>Height of the row in pixels.</summary>
    internal float Row { get; }

    /// <summary>Where a panel begins and ends horizontally, from 0 to 1; panel 0 is the left one.</summary>
    internal double[] DomainAcross(int panel)
    {
        var left = (panel * (column + Gap)) + MathF.Floor((column - width) / 2);
        return [left / Across, (left + width) / Across];
    }

    /// <summary>Where a panel begins and ends vertically.</summary>
    internal double[] DomainUp()
    {
        var bottom = MathF.Floor((Row - height) / 2);
        return [bottom / Row, (bottom + height) / Row];
    }

    /// <summary>The middle of a column, from 0 to 1.</summary>
    internal double Middle(int panel) => ((panel * (column + Gap)) + (column / 2)) / Across;
}
