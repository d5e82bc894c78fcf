using System.Text.Json.Nodes;
using SkiaSharp;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>Draws heat maps with their color bar, and pictures.</summary>
internal static class MapMarks
{
    internal static void DrawPicture(Drawing drawing, JsonObject trace, SKRect place)
    {
        var source = trace.Text("source") ?? "";
        using var image = SKImage.FromEncodedData(Convert.FromBase64String(source[(source.IndexOf(',') + 1)..]));
        drawing.Canvas.DrawImage(image, place, Pictures.Sampling(image.Width, place));
    }

    internal static void DrawHeatMap(Drawing drawing, JsonObject trace, SKRect place, PlotArea area)
    {
        var colors = ColorMap.FromStops([.. trace["colorscale"]!.AsArray().Select(stop => ((double)stop![0]!, (string)stop[1]!))]);
        var (lowest, highest) = (trace.Number("zmin") ?? 0, trace.Number("zmax") ?? 1);
        var rows = trace.Rows("z");
        var pixels = new byte[rows.Length * rows[0].Length * 3];
        var i = 0;
        foreach (var value in rows.SelectMany(row => row))
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = colors[(value - lowest) / (highest - lowest)];
            i += 3;
        }

        using var image = Pictures.ToSkia(new RgbImage(rows[0].Length, rows.Length, pixels));
        drawing.Canvas.DrawImage(image, place, Pictures.Sampling(image.Width, place));
        drawing.Frame(place, Drawing.Grid);
        if (trace.Flag("showscale") != false)
        {
            DrawColorBar(drawing, trace["colorbar"], colors, new Axis(lowest, highest, area.Plot.Bottom, area.Plot.Top), area);
        }
    }

    private static void DrawColorBar(Drawing drawing, JsonNode? bar, ColorMap colors, Axis values, PlotArea area)
    {
        var left = area.Paper(bar.Number("x") ?? 1.02, 0).X + (float)(bar.Number("xpad") ?? 10);
        var place = new SKRect(left, area.Plot.Top, left + (float)(bar.Number("thickness") ?? 30), area.Plot.Bottom);
        for (var row = 0; row < (int)place.Height; row++)
        {
            var (red, green, blue) = colors[1 - ((row + 0.5) / place.Height)];
            drawing.Fill(SKRect.Create(place.Left, place.Top + row, place.Width, 1), new SKColor(red, green, blue));
        }

        drawing.Frame(place, Drawing.Grid);
        var ticks = bar.Numbers("tickvals") ?? [.. values.Ticks()];
        for (var i = 0; i < ticks.Length; i++)
        {
            var y = values.At(ticks[i]);
            drawing.Line(place.Right, y, place.Right + 4, y, Drawing.Muted);
            drawing.Text(bar?["ticktext"]?[i]?.ToString() ?? Axis.Label(ticks[i]), place.Right + 7, y + 4.5f, 12, Drawing.Ink);
        }
    }
}
