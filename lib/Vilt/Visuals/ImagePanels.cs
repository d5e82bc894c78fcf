using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>The places of an <see cref="ImageAttributionFigure"/>'s parts in pixels, the same in Plotly and in the PNG.</summary>
internal sealed class ImagePanels
{
    private const int LongestSide = 360;
    private const int Margin = 16;
    private const int Top = 56; // titles, below the tool bar of plotly.js
    private const int Gap = 32;
    private const int NarrowestColumn = 170; // a panel's title fits
    private const int LowestRow = 150;       // the color bar's labels fit
    private const int BarGap = 14;
    private const int BarWidth = 16;
    private const int BarLabels = 44;
    private const int CaptionHeight = 26;

    internal ImagePanels(int imageWidth, int imageHeight, bool hasCaption)
    {
        var scale = Math.Min((float)LongestSide / imageWidth, (float)LongestSide / imageHeight);
        var width = Math.Max(1, MathF.Round(imageWidth * scale));
        var height = Math.Max(1, MathF.Round(imageHeight * scale));
        var column = Math.Max(width, NarrowestColumn);
        var row = Math.Max(height, LowestRow);
        var top = Top + MathF.Floor((row - height) / 2);
        Picture = SKRect.Create(Margin + MathF.Floor((column - width) / 2), top, width, height);
        HeatMap = SKRect.Create(Picture.Left + column + Gap, top, width, height);
        Bar = SKRect.Create(HeatMap.Right + BarGap, Top, BarWidth, row);
        Width = (int)Math.Max(Bar.Right + BarLabels, (2 * Margin) + (2 * column) + Gap) + Margin;
        Height = (int)(Top + row) + Margin + (hasCaption ? CaptionHeight : 0);
    }

    internal int Width { get; }

    internal int Height { get; }

    internal SKRect Picture { get; }

    internal SKRect HeatMap { get; }

    internal SKRect Bar { get; }
}
