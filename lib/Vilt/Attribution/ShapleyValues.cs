using System.Numerics;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Shapley values: what a feature adds to the output when it joins others, averaged over all orders in which the features can come
/// (Shapley 1953; as captum's <c>ShapleyValues</c>). They sum to the output for the input less that for the baseline.
/// </summary>
/// <remarks>
/// Exact, from the output of each of the 2ⁿ sets of n features, one row of a forward pass each. For more than about ten features see
/// <see cref="ShapleyValueSampling"/>.
/// </remarks>
public sealed class ShapleyValues : FeatureAttribution
{
    private const int MostFeatures = 20; // a million rows

    /// <inheritdoc cref="Saliency(Module)"/>
    public ShapleyValues(Module model)
        : this(new ForwardFunction(model))
    {
    }

    /// <inheritdoc cref="Saliency(Func{IReadOnlyList{Tensor}, Tensor})"/>
    public ShapleyValues(Func<IReadOnlyList<Tensor?>, Tensor> forward)
        : this(new ForwardFunction(forward))
    {
    }

    internal ShapleyValues(ForwardFunction forward)
        : base(forward)
    {
    }

    /// <summary>
    /// The values from the outputs of all sets: φᵢ = Σ |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)) over the sets S without feature i.
    /// </summary>
    /// <param name="outputs">2ⁿ of them; bit i of an index says whether the set has feature i.</param>
    internal static double[] Of(double[] outputs)
    {
        var n = BitOperations.Log2((uint)outputs.Length);
        var weights = Weights(n);
        var values = new double[n];
        for (var set = 0; set < outputs.Length; set++)
        {
            for (var i = 0; i < n; i++)
            {
                if ((set >> i & 1) == 0)
                {
                    values[i] += weights[BitOperations.PopCount((uint)set)] * (outputs[set | 1 << i] - outputs[set]);
                }
            }
        }

        return values;
    }

    private protected override int CoalitionCount(int features) => features <= MostFeatures
        ? 1 << features
        : throw new ArgumentException(
            $"Exact Shapley values of {features} features would take 2^{features} outputs; at most {MostFeatures} features are allowed. " +
            "Group features with a FeatureMask, or use ShapleyValueSampling.");

    private protected override IEnumerable<bool[]> Coalitions(int features) =>
        Enumerable.Range(0, 1 << features).Select(set => Enumerable.Range(0, features).Select(i => (set >> i & 1) == 1).ToArray());

    private protected override double[] Shares(int features, double[] outputs) => Of(outputs);

    // s! (n − s − 1)! / n!, which is 1/n for the empty set and s / (n − s) times as much for s as for s − 1.
    private static double[] Weights(int n)
    {
        var weights = new double[n];
        for (var s = 0; s < n; s++)
        {
            weights[s] = s == 0 ? 1.0 / n : weights[s - 1] * s / (n - s);
        }

        return weights;
    }
}
