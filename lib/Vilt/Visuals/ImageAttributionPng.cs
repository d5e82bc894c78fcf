using SkiaSharp;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>Draws an <see cref="ImageAttributionFigure"/> as a PNG.</summary>
internal static class ImageAttributionPng
{
    internal static byte[] Draw(ImageAttributionFigure figure)
    {
        var panels = new ImagePanels(figure.Picture.Width, figure.Picture.Height, figure.Attributions.Warning is not null);
        using var drawing = new Drawing(panels.Width, panels.Height);
        using (var picture = Pictures.ToSkia(figure.Picture))
        {
            drawing.Canvas.DrawImage(picture, panels.Picture, Pictures.Sampling(figure.Picture, panels.Picture));
        }

        var colored = Colored(figure);
        using (var heatMap = Pictures.ToSkia(colored))
        {
            drawing.Canvas.DrawImage(heatMap, panels.HeatMap, Pictures.Sampling(colored, panels.HeatMap));
        }

        drawing.Frame(panels.HeatMap, Drawing.Grid);
        DrawTitle(drawing, panels.Picture, ImageAttributionFigure.PictureTitle);
        DrawTitle(drawing, panels.HeatMap, figure.HeatMapTitle);
        DrawBar(drawing, panels.Bar, figure);
        if (figure.Attributions.Warning is string warning)
        {
            drawing.Text(warning, panels.Width / 2f, panels.Height - 14, 12, Drawing.Muted, SKTextAlign.Center);
        }

        return drawing.ToPng();
    }

    private static void DrawTitle(Drawing drawing, SKRect panel, string title) =>
        drawing.Text(title, panel.MidX, panel.Top - 13, 15, Drawing.Ink, SKTextAlign.Center);

    private static RgbImage Colored(ImageAttributionFigure figure)
    {
        var pixels = new byte[figure.Picture.Width * figure.Picture.Height * 3];
        var i = 0;
        foreach (var value in figure.Attributions.Values)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = figure.ColorMap[(value - figure.Lowest) / (1 - figure.Lowest)];
            i += 3;
        }

        return new RgbImage(figure.Picture.Width, figure.Picture.Height, pixels);
    }

    private static void DrawBar(Drawing drawing, SKRect bar, ImageAttributionFigure figure)
    {
        for (var row = 0; row < (int)bar.Height; row++)
        {
            var (red, green, blue) = figure.ColorMap[1 - ((row + 0.5) / bar.Height)];
            drawing.Fill(SKRect.Create(bar.Left, bar.Top + row, bar.Width, 1), new SKColor(red, green, blue));
        }

        drawing.Frame(bar, Drawing.Grid);
        foreach (var tick in figure.Ticks)
        {
            var y = bar.Bottom - (float)((tick - figure.Lowest) / (1 - figure.Lowest) * bar.Height);
            drawing.Line(bar.Right, y, bar.Right + 4, y, Drawing.Muted);
            drawing.Text($"{tick:0.0}", bar.Right + 7, y + 4.5f, 12, Drawing.Ink);
        }
    }
}
