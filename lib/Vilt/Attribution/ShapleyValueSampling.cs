using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Shapley values from some random orders instead of all (Castro et al. 2009; as captum's <c>ShapleyValueSampling</c>): what each feature
/// adds to the output when it joins those before it. They sum to the output for the input less that for the baseline, and come close to
/// <see cref="ShapleyValues"/>, with an error that falls as 1/√n with the number of orders.
/// </summary>
public sealed class ShapleyValueSampling : FeatureAttribution
{
    /// <inheritdoc cref="Saliency(Module)"/>
    public ShapleyValueSampling(Module model)
        : base(new ForwardFunction(model))
    {
    }

    /// <inheritdoc cref="Saliency(Func{IReadOnlyList{Tensor}, Tensor})"/>
    public ShapleyValueSampling(Func<IReadOnlyList<Tensor?>, Tensor> forward)
        : base(new ForwardFunction(forward))
    {
    }

    /// <summary>How many orders, at least 1; each takes a row of a forward pass for every feature but one.</summary>
    public int NSamples { get; init => field = Perturbations.AtLeastOne(value, nameof(NSamples)); } = 25;

    /// <summary>The same seed gives the same orders.</summary>
    public long Seed { get; init; }

    private protected override int CoalitionCount(int features) => checked(2 + NSamples * Math.Max(0, features - 1));

    // The empty set, the full set, and each order's beginnings in between.
    private protected override IEnumerable<bool[]> Coalitions(int features)
    {
        yield return new bool[features];
        yield return [.. Enumerable.Repeat(true, features)];
        foreach (var order in Orders(features))
        {
            var coalition = new bool[features];
            foreach (var feature in order.SkipLast(1))
            {
                coalition[feature] = true;
                yield return [.. coalition];
            }
        }
    }

    private protected override double[] Shares(int features, double[] outputs)
    {
        var sums = new double[features];
        var next = 2;
        foreach (var order in Orders(features))
        {
            var before = outputs[0];
            for (var i = 0; i < features; i++)
            {
                var after = i == features - 1 ? outputs[1] : outputs[next++];
                sums[order[i]] += after - before;
                before = after;
            }
        }

        return [.. sums.Select(sum => sum / NSamples)];
    }

    private IEnumerable<int[]> Orders(int features)
    {
        var random = new Random(Seed.GetHashCode());
        for (var sample = 0; sample < NSamples; sample++)
        {
            int[] order = [.. Enumerable.Range(0, features)];
            random.Shuffle(order);
            yield return order;
        }
    }
}
