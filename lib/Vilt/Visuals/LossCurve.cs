using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Visuals;

/// <summary>The loss of each training step, and its mean over each epoch; logarithmic where the loss falls a hundredfold.</summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource<LossCurve>),
    PreferredMimeTypes = [MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Png, MimeTypes.Plain])]
public sealed class LossCurve : IFigure
{
    /// <summary>Makes the curve.</summary>
    /// <param name="losses">One for each step, in order. A loss that is not finite leaves a gap.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch; 0 draws no means.</param>
    /// <exception cref="ArgumentException">There is no loss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public LossCurve(IEnumerable<double> losses, int stepsPerEpoch = 0)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentOutOfRangeException.ThrowIfNegative(stepsPerEpoch);
        Losses = [.. losses];
        if (Losses.Count == 0)
        {
            throw new ArgumentException("There is no loss to draw: train a step first.", nameof(losses));
        }

        EpochMeans = stepsPerEpoch == 0
            ? []
            : [.. Losses.Chunk(stepsPerEpoch).Select((epoch, i) => ((i * stepsPerEpoch) + ((epoch.Length + 1) / 2.0), epoch.Average()))];
    }

    /// <summary>The loss of each step.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The mean loss of each epoch, at the step in the epoch's middle (steps count from 1).</summary>
    public IReadOnlyList<(double Step, double Loss)> EpochMeans { get; }

    internal bool IsLogarithmic => Finite.Any() && Finite.Min() > 0 && Finite.Max() / Finite.Min() >= 100;

    private double Decades => Math.Log10(Finite.Max()) - Math.Log10(Finite.Min());

    internal string LossTitle => IsLogarithmic ? "loss (logarithmic)" : "loss";

    internal IEnumerable<double> Finite => Losses.Where(double.IsFinite);

    /// <summary>The curve for plotly.js.</summary>
    public string ToPlotlyJson()
    {
        var steps = new
        {
            type = "scatter",
            mode = Losses.Count == 1 ? "markers" : "lines",
            name = "step",
            x = Enumerable.Range(1, Losses.Count),
            y = Losses.Select(Drawable),
            line = new { color = EpochMeans.Count == 0 ? PlotlyStyle.Accent : PlotlyStyle.PaleAccent, width = 1.5 },
            hovertemplate = "step %{x}: %{y:.4g}<extra></extra>",
        };
        var epochs = new
        {
            type = "scatter",
            mode = "lines+markers",
            name = "mean of epoch",
            x = EpochMeans.Select(mean => mean.Step),
            y = EpochMeans.Select(mean => Drawable(mean.Loss)),
            line = new { color = PlotlyStyle.Accent, width = 2.5 },
            marker = new { size = 5 },
            customdata = Enumerable.Range(1, EpochMeans.Count),
            hovertemplate = "epoch %{customdata}: %{y:.4g}<extra></extra>",
        };
        return PlotlyStyle.Json(EpochMeans.Count == 0 ? [steps] : [steps, epochs], Layout());
    }

    /// <summary>The curve as a PNG file, drawn without a browser.</summary>
    public byte[] ToPng()
    {
        var each = EpochMeans.Count == 0 ? Drawing.Accent : Drawing.PaleAccent;
        List<PlotLine> lines = [new("step", [.. Losses.Select((loss, i) => (i + 1.0, loss))], each, 1.5f)];
        if (EpochMeans.Count > 0)
        {
            lines.Add(new("mean of epoch", EpochMeans, Drawing.Accent, 2.5f));
        }

        return new LinePlot("Training Loss", "step", LossTitle, lines).ToPng(isLogarithmic: IsLogarithmic);
    }

    /// <summary>Number of steps, first and last loss, in one line.</summary>
    public override string ToString() =>
        $"Training loss over {Losses.Count} {(Losses.Count == 1 ? "step" : "steps")}: {Losses[0]:g4} at first, {Losses[^1]:g4} at last" +
        (EpochMeans.Count == 0 ? "" : $", mean of the last epoch {EpochMeans[^1].Loss:g4}");

    // JSON has no NaN; plotly.js leaves a gap at null.
    private static double? Drawable(double loss) => double.IsFinite(loss) ? loss : null;

    private object Layout() => new
    {
        width = 720,
        height = 380,
        margin = new { l = 70, r = 20, t = 50, b = 55 },
        title = PlotlyStyle.Title("Training Loss"),
        paper_bgcolor = PlotlyStyle.Paper,
        plot_bgcolor = PlotlyStyle.Paper,
        font = PlotlyStyle.Font,
        xaxis = new
        {
            title = PlotlyStyle.AxisTitle("step"),
            gridcolor = PlotlyStyle.Grid,
            zeroline = false,
            range = Losses.Count == 1 ? null : new[] { 1, Losses.Count },
        },
        yaxis = new
        {
            title = PlotlyStyle.AxisTitle(LossTitle),
            gridcolor = PlotlyStyle.Grid,
            zeroline = false,
            type = IsLogarithmic ? "log" : "linear",
            rangemode = "tozero",
            dtick = IsLogarithmic ? Math.Max(1, Math.Ceiling(Decades / 8)) : (double?)null,
        },
        legend = new { x = 0.98, xanchor = "right", y = 0.98, bgcolor = "rgba(255,255,255,0.8)" },
        hovermode = "closest",
    };
}
