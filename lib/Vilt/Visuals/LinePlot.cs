using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>One line of a <see cref="LinePlot"/>; a value that is not finite breaks it, and a single one is a dot.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points, SKColor Color, float Width);

/// <summary>Draws lines over steps as a PNG.</summary>
/// <param name="title">Stands on top.</param>
/// <param name="xTitle">What goes to the right.</param>
/// <param name="yTitle">What goes up.</param>
/// <param name="lines">Several lines have a legend.</param>
internal sealed class LinePlot(string title, string xTitle, string yTitle, params IReadOnlyList<PlotLine> lines)
{
    private static readonly SKRect Plot = new(78, 46, 700, 328);

    /// <param name="least">The lowest value on the axis, if all values are above it.</param>
    /// <param name="most">The highest, or null for a little above the highest value.</param>
    /// <param name="isLogarithmic">Whether the axis is; then all finite values are above 0.</param>
    internal byte[] ToPng(double least = 0, double? most = null, bool isLogarithmic = false)
    {
        using var drawing = new Drawing(720, 380);
        List<double> values = [.. lines.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).DefaultIfEmpty(1)];
        var x = new Axis(lines.Min(line => line.Points.Min(point => point.X)), lines.Max(line => line.Points.Max(point => point.X)), Plot.Left, Plot.Right);
        var y = isLogarithmic
            ? new Axis(values.Min() / 1.2, values.Max() * 1.2, Plot.Bottom, Plot.Top, isLogarithmic: true)
            : new Axis(Math.Min(least, values.Min()), most ?? values.Max() * 1.05, Plot.Bottom, Plot.Top);
        DrawFrame(drawing, x, y);
        foreach (var line in lines)
        {
            DrawLine(drawing, line, x, y);
        }

        if (lines.Count > 1)
        {
            DrawLegend(drawing, isLow: !isLogarithmic && most is not null);
        }

        return drawing.ToPng();
    }

    private void DrawFrame(Drawing drawing, Axis x, Axis y)
    {
        drawing.Text(title, Plot.MidX, 28, 15, Drawing.Ink, SKTextAlign.Center);
        foreach (var tick in y.Ticks())
        {
            drawing.Line(Plot.Left, y.At(tick), Plot.Right, y.At(tick), Drawing.Grid);
            drawing.Text(Axis.Label(tick), Plot.Left - 8, y.At(tick) + 4, 12, Drawing.Ink, SKTextAlign.Right);
        }

        foreach (var tick in x.Ticks().Where(tick => tick % 1 == 0))
        {
            drawing.Line(x.At(tick), Plot.Top, x.At(tick), Plot.Bottom, Drawing.Grid);
            drawing.Text(Axis.Label(tick), x.At(tick), Plot.Bottom + 18, 12, Drawing.Ink, SKTextAlign.Center);
        }

        drawing.Text(xTitle, Plot.MidX, Plot.Bottom + 40, 13, Drawing.Ink, SKTextAlign.Center);
        drawing.TextUpwards(yTitle, 20, Plot.MidY, 13, Drawing.Ink);
    }

    private static void DrawLine(Drawing drawing, PlotLine line, Axis x, Axis y)
    {
        using var path = new SKPathBuilder();
        var isBroken = true;
        foreach (var (step, value) in line.Points)
        {
            if (double.IsFinite(value))
            {
                var point = new SKPoint(x.At(step), y.At(value));
                if (isBroken)
                {
                    path.MoveTo(point);
                }

                path.LineTo(point);
            }

            isBroken = !double.IsFinite(value);
        }

        using var drawn = path.Detach();
        using var paint = new SKPaint()
        {
            Color = line.Color,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = line.Points.Count == 1 ? 6 : line.Width,
            IsAntialias = true,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };
        drawing.Canvas.DrawPath(drawn, paint);
    }

    private void DrawLegend(Drawing drawing, bool isLow)
    {
        float height = 22 * lines.Count + 2, top = isLow ? Plot.Bottom - height - 8 : Plot.Top + 8;
        var width = lines.Max(line => Drawing.WidthOf(line.Name, 12)) + 58;
        drawing.Fill(SKRect.Create(Plot.Right - width - 8, top, width, height), new SKColor(255, 255, 255, 210));
        for (var i = 0; i < lines.Count; i++)
        {
            var baseline = top + 16 + 22 * i;
            drawing.Fill(SKRect.Create(Plot.Right - width, baseline - 6, 24, 3), lines[i].Color);
            drawing.Text(lines[i].Name, Plot.Right - width + 32, baseline, 12, Drawing.Ink);
        }
    }
}
