using System.Net;
using Microsoft.DotNet.Interactive.Formatting;
using SkiaSharp;

namespace Vilt.Visuals;

/// <summary>Answers and their probabilities as bars, the first on top.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource<AnswerChart>),
    PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain])]
public sealed class AnswerChart : IFigure
{
    private const int Width = 640;
    private const int RowHeight = 34;
    private const float LabelsEnd = 190;
    private const float BarsEnd = 560;
    private static readonly int[] Probabilities = [0, 1];

    /// <summary>Makes the chart.</summary>
    /// <param name="answers">
    /// The answers, best first. Probabilities are within 0…1 and need not sum to 1: each answer is scored by itself.
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

    private int Height => 60 + (RowHeight * Answers.Count);

    /// <summary>The chart for plotly.js.</summary>
    public string ToPlotlyJson()
    {
        // Rows are numbered and labeled by tick texts: two answers of the same text would share a bar. plotly.js reads HTML in texts.
        int[] rows = [.. Enumerable.Range(0, Answers.Count)];
        var bars = new
        {
            type = "bar",
            orientation = "h",
            width = 0.62,
            x = Answers.Select(answer => answer.Probability),
            y = rows,
            text = Answers.Select(answer => $"{answer.Probability:0.000}"),
            textposition = "outside",
            cliponaxis = false,
            marker = new { color = PlotlyStyle.Accent },
            hovertemplate = "%{x:.4f}<extra></extra>",
        };
        return PlotlyStyle.Json([bars], new
        {
            width = Width,
            height = Height,
            margin = new { l = (int)LabelsEnd, r = Width - (int)BarsEnd, t = 44, b = 16 },
            title = PlotlyStyle.Title("Answer Probabilities"),
            paper_bgcolor = PlotlyStyle.Paper,
            plot_bgcolor = PlotlyStyle.Paper,
            font = PlotlyStyle.Font,
            xaxis = new { range = Probabilities, visible = false, fixedrange = true },
            yaxis = new
            {
                range = new[] { Answers.Count - 0.5, -0.5 },
                tickvals = rows,
                ticktext = Answers.Select(answer => WebUtility.HtmlEncode(Fitting(answer.Answer))),
                ticks = "outside",
                ticklen = 6,
                tickcolor = PlotlyStyle.Paper,
                showgrid = false,
                zeroline = false,
                fixedrange = true,
            },
        });
    }

    /// <summary>The chart as a PNG file, drawn without a browser.</summary>
    public byte[] ToPng()
    {
        using var drawing = new Drawing(Width, Height);
        drawing.Text("Answer Probabilities", Width / 2f, 28, 15, Drawing.Ink, SKTextAlign.Center);
        float top = 44;
        foreach (var (answer, probability) in Answers)
        {
            var end = LabelsEnd + ((float)probability * (BarsEnd - LabelsEnd));
            drawing.Text(Fitting(answer), LabelsEnd - 10, top + 21, 13, Drawing.Ink, SKTextAlign.Right);
            drawing.Fill(new SKRect(LabelsEnd, top + 6, end, top + RowHeight - 7), Drawing.Accent);
            drawing.Text($"{probability:0.000}", end + 6, top + 21, 13, Drawing.Ink);
            top += RowHeight;
        }

        return drawing.ToPng();
    }

    /// <summary>Each answer with its probability, one a line.</summary>
    public override string ToString() => string.Join('\n', Answers.Select(answer => $"{answer.Probability:0.000}  {answer.Answer}"));

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
