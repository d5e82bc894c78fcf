using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Methods that set features of the inputs to their baseline and compare the outputs: <see cref="FeatureAblation"/>,
/// <see cref="ShapleyValues"/>, <see cref="ShapleyValueSampling"/>. Gradients are not needed, so inputs may be ids.
/// </summary>
/// <remarks>
/// Several changed rows share a forward pass, as <see cref="AttributionArguments.InternalBatchSize"/> says. A feature that is at its
/// baseline in every example already, such as padding, contributes nothing and costs no pass.
/// </remarks>
public abstract class FeatureAttribution : IAttributionMethod
{
    private readonly ForwardFunction forward;

    private protected FeatureAttribution(ForwardFunction forward) => this.forward = forward;

    /// <summary>
    /// Which feature each value belongs to: integers for each input, in its shape or with 1 in dimensions where all are alike. The same
    /// number in several inputs is one feature. Null makes a feature of each value.
    /// </summary>
    public IReadOnlyList<Tensor>? FeatureMask { get; init; }

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var features = Features.Of(arguments, FeatureMask);
        var outputs = Outputs(features, arguments);
        double[][] shares = [.. outputs.Select(ofExample => Shares(features.Count, ofExample))];
        return features.Spread(shares);
    }

    /// <summary>How many coalitions there are for this many features.</summary>
    private protected abstract int CoalitionCount(int features);

    /// <summary>The coalitions of features whose outputs are wanted: true for those that are as in the input.</summary>
    private protected abstract IEnumerable<bool[]> Coalitions(int features);

    /// <summary>Each feature's share, from an example's outputs for the coalitions in their order.</summary>
    private protected abstract double[] Shares(int features, double[] outputs);

    /// <summary>For each example, the outputs of all coalitions.</summary>
    private double[][] Outputs(Features features, AttributionArguments arguments)
    {
        var all = CoalitionCount(features.Count);
        double[][] outputs = [.. Enumerable.Range(0, arguments.Examples).Select(_ => new double[all])];
        using var coalitions = Coalitions(features.Count).GetEnumerator();
        foreach (var (from, count) in arguments.Passes(all))
        {
            using var pass = NewDisposeScope();
            var rows = features.Rows(Next(coalitions, count));
            var chosen = forward.Invoke([.. rows, .. arguments.RepeatAdditional(count)], arguments.Target, arguments.Examples, count);
            var values = chosen.cpu().to_type(float64).data<double>().ToArray(); // (count · examples)
            for (var i = 0; i < values.Length; i++)
            {
                outputs[i % arguments.Examples][from + i / arguments.Examples] = values[i];
            }
        }

        return outputs;
    }

    private static bool[][] Next(IEnumerator<bool[]> coalitions, int count)
    {
        var next = new bool[count][];
        for (var i = 0; i < count && coalitions.MoveNext(); i++)
        {
            next[i] = coalitions.Current;
        }

        return next;
    }
}
