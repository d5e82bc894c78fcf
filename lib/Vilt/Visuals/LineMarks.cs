using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Draws a scatter trace: a line, broken at values that are not finite, its points, and the area below it.</summary>
internal static class LineMarks
{
    internal static void Draw(Drawing drawing, JsonObject trace, Axis x, Axis y, SKColor color)
    {
        var ups = trace.Numbers("y") ?? [];
        var acrosses = trace.Numbers("x") ?? [.. Enumerable.Range(0, ups.Length).Select(i => (double)i)];
        var points = acrosses.Zip(ups).ToList();
        if (trace.Text("fill") == "tozeroy")
        {
            DrawArea(drawing, points.Where(point => double.IsFinite(point.Second)).ToList(), x, y, color);
        }

        var mode = trace.Text("mode") ?? "lines";
        if (mode.Contains("lines", StringComparison.Ordinal))
        {
            DrawLine(drawing, points, x, y, color, (float)(trace["line"].Number("width") ?? 2));
        }

        if (mode.Contains("markers", StringComparison.Ordinal))
        {
            DrawPoints(drawing, points, x, y, color, (float)(trace["marker"].Number("size") ?? 6));
        }
    }

    private static void DrawLine(Drawing drawing, List<(double X, double Y)> points, Axis x, Axis y, SKColor color, float width)
    {
        using var path = new SKPathBuilder();
        var isBroken = true;
        foreach (var (across, up) in points)
        {
            if (double.IsFinite(up))
            {
                var point = new SKPoint(x.At(across), y.At(up));
                if (isBroken)
                {
                    path.MoveTo(point);
                }

                path.LineTo(point);
            }

            isBroken = !double.IsFinite(up);
        }

        using var drawn = path.Detach();
        using var paint = new SKPaint
        {
            Color = color,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = width,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };
        drawing.Canvas.DrawPath(drawn, paint);
    }

    private static void DrawPoints(Drawing drawing, List<(double X, double Y)> points, Axis x, Axis y, SKColor color, float size)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        foreach (var (across, up) in points.Where(point => double.IsFinite(point.Y)))
        {
            drawing.Canvas.DrawCircle(x.At(across), y.At(up), size / 2, paint);
        }
    }

    private static void DrawArea(Drawing drawing, List<(double X, double Y)> points, Axis x, Axis y, SKColor color)
    {
        if (points.Count < 2)
        {
            return;
        }

        using var path = new SKPathBuilder();
        path.MoveTo(x.At(points[0].X), y.At(0));
        points.ForEach(point => path.LineTo(x.At(point.X), y.At(point.Y)));
        path.LineTo(x.At(points[^1].X), y.At(0));
        using var drawn = path.Detach();
        using var paint = new SKPaint { Color = color.WithAlpha(64), IsAntialias = true };
        drawing.Canvas.DrawPath(drawn, paint);
    }
}
