using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Feature Ablation: for each feature, the output less the output with that feature at its baseline, given to each of the feature's
/// values (as captum's <c>FeatureAblation</c>). One row of a forward pass for each feature, and one for the input.
/// </summary>
/// <example>
/// <code>
/// var ablation = new FeatureAblation(model) { FeatureMask = [wordOfEachToken, patchOfEachPixel] };
/// using var result = ablation.Attribute(new([ids, pixelValues]) { Baselines = [padding, 0], Target = 3 });
/// </code>
/// </example>
public sealed class FeatureAblation : FeatureAttribution
{
    /// <inheritdoc cref="Saliency(Module)"/>
    public FeatureAblation(Module model)
        : base(new ForwardFunction(model))
    {
    }

    /// <inheritdoc cref="Saliency(Func{IReadOnlyList{Tensor}, Tensor})"/>
    public FeatureAblation(Func<IReadOnlyList<Tensor?>, Tensor> forward)
        : base(new ForwardFunction(forward))
    {
    }

    private protected override int CoalitionCount(int features) => features + 1;

    private protected override IEnumerable<bool[]> Coalitions(int features)
    {
        for (var absent = -1; absent < features; absent++)
        {
            var coalition = new bool[features];
            Array.Fill(coalition, true);
            if (absent >= 0)
            {
                coalition[absent] = false;
            }

            yield return coalition;
        }
    }

    private protected override double[] Shares(int features, double[] outputs) =>
        [.. outputs.Skip(1).Select(without => outputs[0] - without)];
}
