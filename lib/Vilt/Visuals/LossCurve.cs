namespace Vilt.Visuals;

/// <summary>The loss of each training step, and its mean over each epoch; logarithmic if the loss falls a hundredfold.</summary>
public sealed class LossCurve : Figure
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

    /// <summary>Number of steps, first and last loss.</summary>
    public override string Description =>
        $"Training loss over {Losses.Count} {(Losses.Count == 1 ? "step" : "steps")}: {Losses[0]:g4} at first, {Losses[^1]:g4} at last" +
        (EpochMeans.Count == 0 ? "" : $", mean of the last epoch {EpochMeans[^1].Loss:g4}");

    private bool IsLogarithmic => Finite.Any() && Finite.Min() > 0 && Finite.Max() / Finite.Min() >= 100;

    private double Decades => Math.Log10(Finite.Max()) - Math.Log10(Finite.Min());

    private IEnumerable<double> Finite => Losses.Where(double.IsFinite);

    private protected override object[] Traces()
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
        return EpochMeans.Count == 0 ? [steps] : [steps, epochs];
    }

    private protected override object Layout() => PlotlyStyle.Curves(
        "Training Loss",
        PlotlyStyle.CurveAxis("step", Losses.Count == 1 ? null : [1, Losses.Count]),
        IsLogarithmic
            ? PlotlyStyle.CurveAxis("loss (logarithmic)", logarithmicTicks: Math.Max(1, Math.Ceiling(Decades / 8)))
            : PlotlyStyle.CurveAxis("loss", fromZero: true));

    // JSON has no NaN; plotly.js leaves a gap at null.
    private static double? Drawable(double loss) => double.IsFinite(loss) ? loss : null;
}
