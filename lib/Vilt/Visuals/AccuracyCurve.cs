namespace Vilt.Visuals;

/// <summary>The accuracy of a model during its training, on one or more sets of questions.</summary>
public sealed class AccuracyCurve : Figure
{
    private static readonly double[] Percents = [0, 100];

    /// <summary>Makes the curves.</summary>
    /// <param name="sets">The name of each set of questions, and its accuracy in percent after some steps or epochs, in order.</param>
    /// <param name="xTitle">What is counted: steps or epochs.</param>
    /// <exception cref="ArgumentException">There is no set, or one without a point.</exception>
    public AccuracyCurve(IEnumerable<(string Name, IReadOnlyList<(int Step, double Accuracy)> Points)> sets, string xTitle = "step")
    {
        ArgumentNullException.ThrowIfNull(sets);
        Sets = [.. sets];
        XTitle = xTitle;
        if (Sets.Count == 0 || Sets.Any(set => set.Points.Count == 0))
        {
            throw new ArgumentException("There is no accuracy to draw: expected one or more sets, each with one or more points.", nameof(sets));
        }
    }

    /// <summary>The sets of questions and the accuracy on each, in percent.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<(int Step, double Accuracy)> Points)> Sets { get; }

    /// <summary>What is counted.</summary>
    public string XTitle { get; }

    /// <summary>The last accuracy on each set.</summary>
    public override string Description => "Accuracy: " + string.Join(", ", Sets.Select(set =>
        $"{set.Points[^1].Accuracy:0.0} % {set.Name} after {XTitle} {set.Points[^1].Step}"));

    private protected override object[] Traces() => [.. Sets.Select((set, i) => new
    {
        type = "scatter",
        mode = "lines+markers",
        name = set.Name,
        x = set.Points.Select(point => point.Step),
        y = set.Points.Select(point => point.Accuracy),
        line = new { color = PlotlyStyle.Colors[i % PlotlyStyle.Colors.Length], width = 2.5 },
        marker = new { size = 5 },
        hovertemplate = $"{XTitle} %{{x}}: %{{y:.1f}} %",
    })];

    private protected override object Layout() => PlotlyStyle.Curves(
        "Accuracy", PlotlyStyle.CurveAxis(XTitle), PlotlyStyle.CurveAxis("accuracy in %", Percents), legendBelow: true);
}
