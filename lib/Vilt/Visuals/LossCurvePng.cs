using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Draws a <see cref="LossCurve"/> as a PNG.</summary>
internal static class LossCurvePng
{
    private static readonly SKRect Plot = new(78, 46, 700, 328);

    internal static byte[] Draw(LossCurve curve)
    {
        using Drawing drawing = new(720, 380);
        double highest = curve.Finite.DefaultIfEmpty(1).Max();
        Axis steps = new(1, curve.Losses.Count, Plot.Left, Plot.Right);
        Axis losses = curve.IsLogarithmic
            ? new Axis(curve.Finite.Min() / 1.2, highest * 1.2, Plot.Bottom, Plot.Top, isLogarithmic: true)
            : new Axis(Math.Min(0, curve.Finite.DefaultIfEmpty(0).Min()), highest * 1.05, Plot.Bottom, Plot.Top);
        DrawFrame(drawing, curve, steps, losses);

        IEnumerable<(double, double)> each = curve.Losses.Select((loss, i) => (i + 1.0, loss));
        SKColor color = curve.EpochMeans.Count == 0 ? Drawing.Accent : Drawing.PaleAccent;
        DrawLine(drawing, each, steps, losses, color, curve.Losses.Count == 1 ? 6 : 1.5f); // a lone loss is a dot
        DrawLine(drawing, curve.EpochMeans, steps, losses, Drawing.Accent, 2.5f);
        if (curve.EpochMeans.Count > 0) DrawLegend(drawing);
        return drawing.ToPng();
    }

    private static void DrawFrame(Drawing drawing, LossCurve curve, Axis steps, Axis losses)
    {
        drawing.Text("Training Loss", Plot.MidX, 28, 15, Drawing.Ink, SKTextAlign.Center);
        foreach (double tick in losses.Ticks())
        {
            drawing.Line(Plot.Left, losses.At(tick), Plot.Right, losses.At(tick), Drawing.Grid);
            drawing.Text(Axis.Label(tick), Plot.Left - 8, losses.At(tick) + 4, 12, Drawing.Ink, SKTextAlign.Right);
        }
        foreach (double tick in steps.Ticks().Where(tick => tick % 1 == 0))
        {
            drawing.Line(steps.At(tick), Plot.Top, steps.At(tick), Plot.Bottom, Drawing.Grid);
            drawing.Text(Axis.Label(tick), steps.At(tick), Plot.Bottom + 18, 12, Drawing.Ink, SKTextAlign.Center);
        }
        drawing.Text("step", Plot.MidX, Plot.Bottom + 40, 13, Drawing.Ink, SKTextAlign.Center);
        drawing.TextUpwards(curve.LossTitle, 20, Plot.MidY, 13, Drawing.Ink);
    }

    private static void DrawLine(
        Drawing drawing, IEnumerable<(double Step, double Loss)> points, Axis steps, Axis losses, SKColor color, float width)
    {
        using SKPathBuilder path = new();
        bool isBroken = true;
        foreach ((double step, double loss) in points)
        {
            if (double.IsFinite(loss))
            {
                SKPoint point = new(steps.At(step), losses.At(loss));
                if (isBroken) path.MoveTo(point);
                path.LineTo(point);
            }
            isBroken = !double.IsFinite(loss);
        }
        using SKPath line = path.Detach();
        using SKPaint paint = new()
        {
            Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width, IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round,
        };
        drawing.Canvas.DrawPath(line, paint);
    }

    private static void DrawLegend(Drawing drawing)
    {
        drawing.Fill(SKRect.Create(Plot.Right - 150, Plot.Top + 8, 142, 46), new SKColor(255, 255, 255, 210));
        DrawEntry(drawing, "step", Drawing.PaleAccent, Plot.Top + 24);
        DrawEntry(drawing, "mean of epoch", Drawing.Accent, Plot.Top + 46);
    }

    private static void DrawEntry(Drawing drawing, string name, SKColor color, float baseline)
    {
        drawing.Fill(SKRect.Create(Plot.Right - 142, baseline - 6, 24, 3), color);
        drawing.Text(name, Plot.Right - 110, baseline, 12, Drawing.Ink);
    }
}
