using Vilt.Attribution;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Evaluation;

/// <summary>
/// Maximum sensitivity (Yeh et al. 2019, https://arxiv.org/abs/1901.09392; as captum's <c>sensitivity_max</c>): how much attributions
/// change when the inputs hardly do, the largest ‖attribution(x + u) − attribution(x)‖ ÷ ‖attribution(x)‖ over samples. 0 is best.
/// </summary>
/// <remarks>
/// The norm is the Frobenius norm over all attributions of an example; a norm of 0 counts as 1. Several samples share a call of the method.
/// </remarks>
/// <param name="method">The method whose attributions are measured.</param>
public sealed class MaxSensitivity(IAttributionMethod method)
{
    /// <summary>How many samples, at least 1.</summary>
    public int NPerturbSamples { get; init => field = Perturbations.AtLeastOne(value, nameof(NPerturbSamples)); } = 10;

    /// <summary>What is added to the inputs; by default up to ±0.02 per value.</summary>
    public Perturbation Perturbation { get; init; } = Perturbations.Uniform();

    /// <summary>Measures the method on these arguments.</summary>
    /// <returns>The sensitivity of each example.</returns>
    /// <inheritdoc cref="IAttributionMethod.Attribute" path="/exception"/>
    public double[] Measure(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var unchanged = method.Attribute(arguments with { Progress = null });
        var largest = new double[arguments.Examples];
        foreach (var (from, count) in arguments.Passes(NPerturbSamples))
        {
            using var pass = NewDisposeScope();
            using var changed = method.Attribute(arguments.Perturbed(Perturbation, from, count));
            var norms = Norms(changed.Attributions.Zip(unchanged.Attributions, (after, before) => Difference(after, before, count)));
            for (var i = 0; i < norms.Length; i++)
            {
                largest[i % largest.Length] = Math.Max(largest[i % largest.Length], norms[i]);
            }
        }

        return [.. largest.Zip(Norms(unchanged.Attributions), (most, own) => most / (own == 0 ? 1 : own))];
    }

    // (count · examples, …), (examples, …) → (count · examples, …)
    private static Tensor Difference(Tensor after, Tensor before, int count) =>
        after.view([count, .. before.shape]).Minus(before).flatten(0, 1);

    private static double[] Norms(IEnumerable<Tensor> attributions)
    {
        var squares = attributions.Select(attribution => attribution.cpu().to_type(float64).square().flatten(1).sum(1)); // (rows) each
        return squares.Aggregate((sum, other) => sum.Plus(other)).sqrt().data<double>().ToArray();
    }
}
