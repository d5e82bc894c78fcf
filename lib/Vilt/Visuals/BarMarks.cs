using System.Text.Json.Nodes;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Draws a trace of bars to the right, each with its text at the end.</summary>
internal static class BarMarks
{
    internal static void Draw(Drawing drawing, JsonObject trace, Axis x, Axis y)
    {
        var color = trace["marker"].Color("color") ?? Drawing.Accent;
        var half = (trace.Number("width") ?? 0.8) / 2;
        var (lengths, rows) = (trace.Numbers("x") ?? [], trace.Numbers("y") ?? []);
        foreach (var (length, row, i) in lengths.Zip(rows).Select((bar, i) => (bar.First, bar.Second, i)))
        {
            var (top, bottom) = (MathF.Round(y.At(row - half)), MathF.Round(y.At(row + half)));
            drawing.Fill(new SKRect(x.At(0), Math.Min(top, bottom), x.At(length), Math.Max(top, bottom)), color);
            drawing.Text(trace["text"]?[i]?.ToString() ?? "", x.At(length) + 6, y.At(row) + 5, 13, Drawing.Ink);
        }
    }
}
