using SkiaSharp;

namespace Vilt.Scenes.Drawing;

/// <summary>
/// Draws filled and stroked shapes on one canvas, anti-aliased. Fixed shapes are SVG path data: compact, and the same in
/// every culture as long as no number is formatted into them.
/// </summary>
internal sealed class Pen(SKCanvas canvas) : IDisposable
{
    private readonly SKPaint fill = new() { IsAntialias = true };
    private readonly SKPaint stroke = new()
    {
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };

    public void Dispose()
    {
        fill.Dispose();
        stroke.Dispose();
    }

    public void Circle(SKColor color, float x, float y, float radius) => Ellipse(color, x, y, radius, radius);

    /// <summary>An ellipse turned by <paramref name="turn"/> degrees clockwise.</summary>
    public void Ellipse(SKColor color, float x, float y, float radiusX, float radiusY, float turn = 0)
    {
        fill.Color = color;
        canvas.Save();
        canvas.RotateDegrees(turn, x, y);
        canvas.DrawOval(x, y, radiusX, radiusY, fill);
        canvas.Restore();
    }

    public void Rectangle(SKColor color, float x, float y, float width, float height, float corner = 0)
    {
        fill.Color = color;
        canvas.DrawRoundRect(x, y, width, height, corner, corner, fill);
    }

    /// <summary>Fills a polygon given as x, y, x, y, ….</summary>
    public void Polygon(SKColor color, params ReadOnlySpan<float> xy)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(xy[0], xy[1]);
        for (var i = 2; i < xy.Length; i += 2)
        {
            builder.LineTo(xy[i], xy[i + 1]);
        }

        builder.Close();
        using var path = builder.Detach();
        fill.Color = color;
        canvas.DrawPath(path, fill);
    }

    public void Line(SKColor color, float width, float x0, float y0, float x1, float y1)
    {
        (stroke.Color, stroke.StrokeWidth) = (color, width);
        canvas.DrawLine(x0, y0, x1, y1, stroke);
    }

    public void Shape(SKColor color, string svg)
    {
        using var path = Parse(svg);
        fill.Color = color;
        canvas.DrawPath(path, fill);
    }

    public void Curve(SKColor color, float width, string svg)
    {
        using var path = Parse(svg);
        (stroke.Color, stroke.StrokeWidth) = (color, width);
        canvas.DrawPath(path, stroke);
    }

    /// <summary>Draws only within a shape: stripes and spots stay on the body.</summary>
    public void Inside(string svg, Action draw)
    {
        using var path = Parse(svg);
        canvas.Save();
        canvas.ClipPath(path, SKClipOperation.Intersect, antialias: true);
        draw();
        canvas.Restore();
    }

    /// <summary>Draws in a frame of its own: moved to (x, y), scaled, and mirrored left to right if asked.</summary>
    public void At(float x, float y, float scale, Action draw, bool mirrored = false)
    {
        canvas.Save();
        canvas.Translate(x, y);
        canvas.Scale(mirrored ? -scale : scale, scale);
        draw();
        canvas.Restore();
    }

    private static SKPath Parse(string svg) =>
        SKPath.ParseSvgPathData(svg) ?? throw new ArgumentException($"not SVG path data: {svg}", nameof(svg));
}
