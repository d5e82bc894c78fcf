using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>A white sheet to draw a figure on, in pixels, with text in the library's own font.</summary>
internal sealed class Drawing : IDisposable
{
    internal static readonly SKColor Ink = SKColor.Parse("#252b36");
    internal static readonly SKColor Muted = SKColor.Parse("#667080");
    internal static readonly SKColor Grid = SKColor.Parse("#e4e7eb");
    internal static readonly SKColor Accent = SKColor.Parse("#3b7ea8");
    internal static readonly SKColor PaleAccent = SKColor.Parse("#a9c8dc");

    // SkiaSharp's Linux build without dependencies finds no system font, and a bare server has none: text would vanish.
    private static readonly Lazy<SKTypeface> Typeface = new(() =>
    {
        using var font = typeof(Drawing).Assembly.GetManifestResourceStream("DejaVuSans-Latin.ttf")!;
        return SKTypeface.FromStream(font);
    });

    private readonly SKSurface surface;

    internal Drawing(int width, int height)
    {
        surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque))
            ?? throw new InvalidOperationException($"A drawing of {width}×{height} pixels can't be made.");
        Canvas.Clear(SKColors.White);
    }

    internal SKCanvas Canvas => surface.Canvas;

    internal void Text(string text, float x, float baseline, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(Typeface.Value, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        using var paint = new SKPaint() { Color = color, IsAntialias = true };
        Canvas.DrawText(text, x, baseline, align, font, paint);
    }

    internal void TextUpwards(string text, float baseline, float y, float size, SKColor color)
    {
        Canvas.Save();
        Canvas.RotateDegrees(-90, baseline, y);
        Text(text, baseline, y, size, color, SKTextAlign.Center);
        Canvas.Restore();
    }

    internal static float WidthOf(string text, float size)
    {
        using var font = new SKFont(Typeface.Value, size);
        return font.MeasureText(text);
    }

    internal void Line(float x1, float y1, float x2, float y2, SKColor color)
    {
        using var paint = new SKPaint() { Color = color, StrokeWidth = 1 };
        Canvas.DrawLine(x1, y1, x2, y2, paint);
    }

    internal void Fill(SKRect rectangle, SKColor color)
    {
        using var paint = new SKPaint() { Color = color };
        Canvas.DrawRect(rectangle, paint);
    }

    internal void Frame(SKRect rectangle, SKColor color)
    {
        using var paint = new SKPaint() { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = 1 };
        rectangle.Inflate(0.5f, 0.5f);
        Canvas.DrawRect(rectangle, paint);
    }

    internal byte[] ToPng() => Encoded(SKEncodedImageFormat.Png, 100);

    /// <summary>A picture of half the size, with slight losses.</summary>
    internal byte[] ToWebP() => Encoded(SKEncodedImageFormat.Webp, 65);

    public void Dispose() => surface.Dispose();

    private byte[] Encoded(SKEncodedImageFormat format, int quality)
    {
        using var image = surface.Snapshot();
        using var encoded = image.Encode(format, quality);
        return encoded.ToArray();
    }
}
