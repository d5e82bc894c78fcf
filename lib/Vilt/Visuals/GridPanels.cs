namespace Vilt.Visuals;

/// <summary>Sizes of an <see cref="AttributionGrid"/>'s parts in pixels: panels in rows, each with its title, a color bar at their right.</summary>
internal sealed class GridPanels
{
    internal const int TextSize = 12;
    private const int UsualWidth = 660; // of all columns, if the titles fit
    private const int LongestSide = 200;
    private const int Gap = 14;
    private const int Above = 56; // titles, below the tool bar of plotly.js
    private const int Title = 24;
    private const int Note = 24;
    private const int ColorBar = 90;
    private const int Edge = 16;
    private readonly int width, height, column, columns, rows, below;

    internal GridPanels(int imageWidth, int imageHeight, int count, int columns, float widestText, bool hasNotes)
    {
        this.columns = Math.Min(columns, count);
        rows = (count + this.columns - 1) / this.columns;
        var room = Math.Clamp((UsualWidth - (this.columns - 1) * Gap) / this.columns, 48, LongestSide);
        var scale = Math.Min((float)room / imageWidth, (float)room / imageHeight);
        width = Math.Max(1, (int)MathF.Round(imageWidth * scale));
        height = Math.Max(1, (int)MathF.Round(imageHeight * scale));
        column = Math.Max(width, (int)widestText + 6);
        below = hasNotes ? Note : 0;
    }

    internal int FigureWidth => Across + Edge + ColorBar;

    internal int FigureHeight => Up + Above + below + Edge;

    internal object Margin => new { l = Edge, r = ColorBar, t = Above, b = below + Edge };

    private int Across => columns * column + (columns - 1) * Gap;

    private int Up => rows * height + (rows - 1) * Between;

    private int Between => below + Title + Gap;

    /// <summary>Where a panel begins and ends horizontally, from 0 to 1; panels are counted row by row from 0.</summary>
    internal double[] DomainAcross(int panel)
    {
        var left = panel % columns * (column + Gap) + (column - width) / 2;
        return [left / (double)Across, (left + width) / (double)Across];
    }

    /// <summary>Where a panel begins and ends vertically.</summary>
    internal double[] DomainUp(int panel)
    {
        var bottom = (rows - 1 - panel / columns) * (height + Between);
        return [bottom / (double)Up, (bottom + height) / (double)Up];
    }

    /// <summary>The middle of a panel, from 0 to 1.</summary>
    internal double Middle(int panel) => DomainAcross(panel).Average();
}
