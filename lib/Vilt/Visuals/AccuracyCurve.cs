using Microsoft.DotNet.Interactive.Formatting;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>The accuracy of a model during its training, on one set of questions or on several.</summary>
[TypeFormatterSource(typeof(FigureFormatterSource<AccuracyCurve>), PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain])]
public sealed class AccuracyCurve : IFigure
{
    private static readonly string[] Colors = [PlotlyStyle.Accent, "#d9822b", "#4c9a5b", "#8a5fb0"];
    private static readonly int[] Percents = [0, 100];

    /// <summary>Makes the curves.</summary>
    /// <param name="sets">What each set of questions is called, and its accuracy in percent after some steps or epochs, in order.</param>
    /// <param name="xTitle">What is counted: steps or epochs.</param>
    /// <exception cref="ArgumentException">There is no set, or one without a point.</exception>
    public AccuracyCurve(IEnumerable<(string Name, IReadOnlyList<(int Step, double Accuracy)> Points)> sets, string xTitle = "step")
    {
        ArgumentNullException.ThrowIfNull(sets);
        Sets = [.. sets];
        XTitle = xTitle;
        if (Sets.Count == 0 || Sets.Any(set => set.Points.Count == 0))
        {
            throw new ArgumentException("There is no accuracy to draw: expected one set or more, each with a point or more.", nameof(sets));
        }
    }

    /// <summary>The sets of questions and the accuracy on each, in percent.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<(int Step, double Accuracy)> Points)> Sets { get; }

    /// <summary>What is counted.</summary>
    public string XTitle { get; }

    /// <summary>The curves for plotly.js.</summary>
    public string ToPlotlyJson()
    {
        IEnumerable<object> lines = Sets.Select((set, i) => new
        {
            type = "scatter",
            mode = "lines+markers",
            name = set.Name,
            x = set.Points.Select(point => point.Step),
            y = set.Points.Select(point => point.Accuracy),
            line = new { color = Colors[i % Colors.Length], width = 2.5 },
            marker = new { size = 5 },
            hovertemplate = $"{XTitle} %{{x}}: %{{y:.1f}} %",
        });
        return PlotlyStyle.Json([.. lines], new
        {
            width = 720,
            height = 380,
            margin = new { l = 70, r = 20, t = 50, b = 55 },
            title = PlotlyStyle.Title("Accuracy"),
            paper_bgcolor = PlotlyStyle.Paper,
            plot_bgcolor = PlotlyStyle.Paper,
            font = PlotlyStyle.Font,
            xaxis = new { title = PlotlyStyle.AxisTitle(XTitle), gridcolor = PlotlyStyle.Grid, zeroline = false },
            yaxis = new { title = PlotlyStyle.AxisTitle("accuracy in %"), gridcolor = PlotlyStyle.Grid, zeroline = false, range = Percents },
            legend = new { x = 0.98, xanchor = "right", y = 0.04, yanchor = "bottom", bgcolor = "rgba(255,255,255,0.8)" },
            showlegend = Sets.Count > 1,
        });
    }

    /// <summary>The curves as a PNG file, drawn without a browser.</summary>
    public byte[] ToPng() => new LinePlot("Accuracy", XTitle, "accuracy in %",
        [.. Sets.Select((set, i) => new PlotLine(
            set.Name, [.. set.Points.Select(point => ((double)point.Step, point.Accuracy))], SKColor.Parse(Colors[i % Colors.Length]), 2.5f))])
        .ToPng(most: 100);

    /// <summary>The last accuracy on each set, in one line.</summary>
    public override string ToString() =>
        "Accuracy: " + string.Join(", ", Sets.Select(set => $"{set.Points[^1].Accuracy:0.0} % {set.Name} after {XTitle} {set.Points[^1].Step}"));
}
