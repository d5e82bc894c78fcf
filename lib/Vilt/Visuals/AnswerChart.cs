using System.Net;

namespace Vilt.Visuals;

/// <summary>Answers and their probabilities as bars, the first on top.</summary>
public sealed class AnswerChart : Figure
{
    private const int Width = 640;
    private const int RowHeight = 34;
    private const int LabelsEnd = 190;
    private const int BarsEnd = 560;
    private static readonly int[] Probabilities = [0, 1];

    /// <summary>Makes the chart.</summary>
    /// <param name="answers">
    /// The answers, best first. Probabilities are within 0…1 and need not sum to 1: each answer is scored independently.
    /// </param>
    /// <exception cref="ArgumentException">There is no answer, or a probability is not within 0…1.</exception>
    public AnswerChart(params IEnumerable<(string Answer, double Probability)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        Answers = [.. answers];
        if (Answers.Count == 0)
        {
            throw new ArgumentException("There is no answer to show.", nameof(answers));
        }

        foreach (var (answer, probability) in Answers)
        {
            if (!(probability is >= 0 and <= 1))
            {
                throw new ArgumentException($"The probability of \"{answer}\" is {probability}, not within 0 to 1.", nameof(answers));
            }
        }
    }

    /// <summary>The answers with their probabilities, the first on top.</summary>
    public IReadOnlyList<(string Answer, double Probability)> Answers { get; }

    /// <summary>Each answer with its probability, in one sentence.</summary>
    public override string Description =>
        "Probabilities of answers: " + string.Join(", ", Answers.Select(answer => $"{answer.Answer} {answer.Probability:0.000}"));

    /// <summary>Each answer with its probability, one per line.</summary>
    public override string ToString() => string.Join('\n', Answers.Select(answer => $"{answer.Probability:0.000}  {answer.Answer}"));

    // Rows are numbered and labeled by tick texts: two answers of the same text would share a bar. plotly.js reads HTML in texts.
    private protected override object[] Traces() =>
    [
        new
        {
            type = "bar",
            orientation = "h",
            width = 0.62,
            x = Answers.Select(answer => answer.Probability),
            y = Enumerable.Range(0, Answers.Count),
            text = Answers.Select(answer => $"{answer.Probability:0.000}"),
            textposition = "outside",
            cliponaxis = false,
            marker = new { color = PlotlyStyle.Accent },
            hovertemplate = "%{x:.4f}<extra></extra>",
        },
    ];

    private protected override object Layout() => new
    {
        width = Width,
        height = 60 + (RowHeight * Answers.Count),
        margin = new { l = LabelsEnd, r = Width - BarsEnd, t = 44, b = 16 },
        title = PlotlyStyle.Title("Answer Probabilities"),
        paper_bgcolor = PlotlyStyle.Paper,
        plot_bgcolor = PlotlyStyle.Paper,
        font = PlotlyStyle.Font,
        xaxis = new { range = Probabilities, visible = false, fixedrange = true },
        yaxis = new
        {
            range = new[] { Answers.Count - 0.5, -0.5 },
            tickvals = Enumerable.Range(0, Answers.Count),
            ticktext = Answers.Select(answer => WebUtility.HtmlEncode(Fitting(answer.Answer))),
            ticks = "outside",
            ticklen = 6,
            tickcolor = PlotlyStyle.Paper,
            showgrid = false,
            zeroline = false,
            fixedrange = true,
        },
    };

    private static string Fitting(string answer)
    {
        if (Drawing.WidthOf(answer, 13) <= LabelsEnd - 20)
        {
            return answer;
        }

        var cut = answer;
        while (cut.Length > 1 && Drawing.WidthOf(cut + "…", 13) > LabelsEnd - 20)
        {
            cut = cut[..^1];
        }

        return cut + "…";
    }
}
