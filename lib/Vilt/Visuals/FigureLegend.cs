using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Draws the names of several traces, inside the plot, at its upper or lower right.</summary>
internal static class FigureLegend
{
    internal static void Draw(Drawing drawing, PlotlyFigure figure, PlotArea area)
    {
        var names = figure.Traces.Select((trace, i) => (Name: trace.Text("name"), Color: PlotlyStyle.ColorOf(trace, i)))
            .Where(entry => entry.Name is not null).ToList();
        if (names.Count < 2 || figure.Layout.Flag("showlegend") == false)
        {
            return;
        }

        var isLow = figure.Layout["legend"].Number("y") < 0.5;
        var height = (22 * names.Count) + 2;
        var top = isLow ? area.Plot.Bottom - height - 8 : area.Plot.Top + 8;
        var width = names.Max(entry => Drawing.WidthOf(entry.Name!, 12)) + 58;
        drawing.Fill(SKRect.Create(area.Plot.Right - width - 8, top, width, height), new SKColor(255, 255, 255, 210));
        for (var i = 0; i < names.Count; i++)
        {
            var baseline = top + 16 + (22 * i);
            drawing.Fill(SKRect.Create(area.Plot.Right - width, baseline - 6, 24, 3), names[i].Color);
            drawing.Text(names[i].Name!, area.Plot.Right - width + 32, baseline, 12, Drawing.Ink);
        }
    }
}
