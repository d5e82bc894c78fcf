using System.Net;

namespace Vilt.Visuals;

/// <summary>
/// The probability of an answer while the patches of a picture are deleted or inserted one after the other, for one or more orders of the
/// patches, with the area under each curve.
/// </summary>
/// <example>
/// <code>
/// new ScoreCurves([("by the heat map", byMap.Scores), ("in random order", byChance.Scores)])
/// </code>
/// </example>
public sealed class ScoreCurves : Figure
{
    private static readonly double[] Whole = [0, 1];
    private readonly string title;
    private readonly string xTitle;

    /// <summary>Makes the curves.</summary>
    /// <param name="curves">The name of each, and its probabilities after 0, 1, … steps, each of as many patches as the others.</param>
    /// <param name="title">The title.</param>
    /// <param name="xTitle">The title of the horizontal axis.</param>
    /// <exception cref="ArgumentException">There is no curve, one has fewer than two scores, or a score is not within 0 to 1.</exception>
    public ScoreCurves(
        IEnumerable<(string Name, IReadOnlyList<double> Scores)> curves, string title = "Deletion", string xTitle = "share of the patches deleted")
    {
        ArgumentNullException.ThrowIfNull(curves);
        (Curves, this.title, this.xTitle) = ([.. curves], title, xTitle);
        if (Curves.Count == 0 || Curves.Any(curve => curve.Scores.Count < 2))
        {
            throw new ArgumentException("There is nothing to draw: expected one or more curves, each of two or more scores.", nameof(curves));
        }

        foreach (var (name, scores) in Curves)
        {
            if (scores.Any(score => score is not (>= 0 and <= 1)))
            {
                throw new ArgumentException($"A score of \"{name}\" is {scores.First(score => score is not (>= 0 and <= 1))}, not within 0 to 1.", nameof(curves));
            }
        }
    }

    /// <summary>The curves.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Scores)> Curves { get; }

    /// <summary>The area under each curve, by trapezoids over the share of patches: 0 to 1.</summary>
    public IReadOnlyList<double> Areas => [.. Curves.Select(curve => Area(curve.Scores))];

    /// <summary>Each curve's area, first and last score.</summary>
    public override string Description => $"{title}: " + string.Join("; ", Curves.Select(curve =>
        $"{curve.Name}, area {Area(curve.Scores):0.000}, from {curve.Scores[0]:0.000} to {curve.Scores[^1]:0.000}"));

    private protected override object[] Traces() => [.. Curves.Select((curve, i) => new
    {
        type = "scatter",
        mode = "lines",
        name = WebUtility.HtmlEncode(Label(curve)),
        x = curve.Scores.Select((_, patches) => patches / (curve.Scores.Count - 1.0)),
        y = curve.Scores,
        fill = "tozeroy",
        fillcolor = ColorOf(i) + "40",
        line = new { color = ColorOf(i), width = 2.5 },
        hovertemplate = "%{x:.2f}: %{y:.3f}<extra></extra>",
    })];

    private protected override object Layout()
    {
        var rises = Curves.Average(curve => curve.Scores[^1] - curve.Scores[0]) > 0;
        var shown = Curves.Count > 1 ? title : $"{title}: {Label(Curves[0])}"; // one curve has no legend
        return PlotlyStyle.Curves(
            WebUtility.HtmlEncode(shown), PlotlyStyle.CurveAxis(xTitle, Whole), PlotlyStyle.CurveAxis("probability of the answer", Whole), rises);
    }

    private static string Label((string Name, IReadOnlyList<double> Scores) curve) => $"{curve.Name}, area {Area(curve.Scores):0.00}";

    private static double Area(IReadOnlyList<double> scores) => scores.Zip(scores.Skip(1), (before, after) => (before + after) / 2).Average();

    private static string ColorOf(int index) => PlotlyStyle.Colors[index % PlotlyStyle.Colors.Length];
}
