using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Straight paths that are walked at the same time, and the outputs on them.</summary>
/// <param name="Segments">The paths.</param>
/// <param name="TensorsPerLayer">How many of the segments belong to each layer.</param>
/// <param name="OutputDifference">F(input) − F(baseline), (examples).</param>
/// <param name="OutputsAt">The outputs for points of all segments and for this many steps, (steps · examples).</param>
internal sealed record Paths(
    PathSegment[] Segments, int[] TensorsPerLayer, Tensor OutputDifference, Func<Tensor[], int, Tensor> OutputsAt)
{
    /// <summary>The attributions that integrals of the gradient come to, with what they miss of the difference of outputs.</summary>
    /// <param name="integrals">One for each segment, in its shape.</param>
    /// <param name="steps">Steps that they took.</param>
    /// <param name="multiplyByInputs">False for the integrals themselves, which are averaged gradients.</param>
    internal IntegratedGradientsResult Result(Tensor[] integrals, int steps, bool multiplyByInputs)
    {
        Tensor[] attributions = multiplyByInputs ? Contributions(integrals) : integrals;
        return new IntegratedGradientsResult(attributions, TensorsPerLayer, Missing(attributions), steps);
    }

    /// <summary>The largest amount, over the examples, by which contributions miss the difference of outputs.</summary>
    internal double LargestDelta(Tensor[] integrals)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return Missing(Contributions(integrals)).abs().max().cpu().to(torch.float64).item<double>();
    }

    private Tensor[] Contributions(Tensor[] integrals) =>
        [.. integrals.Zip(Segments, (integral, segment) => integral.mul(segment.Difference))];

    private Tensor Missing(Tensor[] contributions)
    {
        Tensor delta = OutputDifference.neg();
        foreach (Tensor contribution in contributions) delta = delta.Plus(contribution.flatten(1).sum(1)); // (examples)
        return delta;
    }
}
