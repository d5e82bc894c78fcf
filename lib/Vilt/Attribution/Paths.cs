using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Straight paths that are walked at the same time, and the outputs on them.</summary>
/// <param name="Segments">The paths.</param>
/// <param name="TensorsPerLayer">How many of the segments belong to each layer.</param>
/// <param name="OutputsAtStart">F(baseline), (examples).</param>
/// <param name="OutputsAtEnd">F(input), (examples).</param>
/// <param name="OutputsAt">The outputs for points of all segments and for this many steps, (steps · examples).</param>
internal sealed record Paths(
    PathSegment[] Segments, int[] TensorsPerLayer, Tensor OutputsAtStart, Tensor OutputsAtEnd, Func<Tensor[], int, Tensor> OutputsAt)
{
    /// <summary>The attributions that integrals of the gradient come to, with what they miss of the difference of outputs.</summary>
    /// <param name="integrals">One for each segment, in its shape.</param>
    /// <param name="steps">Steps that they took.</param>
    /// <param name="multiplyByInputs">False for the integrals themselves, which are averaged gradients.</param>
    internal IntegratedGradientsResult Result(Tensor[] integrals, int steps, bool multiplyByInputs)
    {
        var attributions = multiplyByInputs ? Contributions(integrals) : integrals;
        return new IntegratedGradientsResult(attributions, TensorsPerLayer, Missing(attributions, OutputsAtStart, OutputsAtEnd), steps);
    }

    /// <summary>
    /// The largest amount, over the examples, by which integrals over the paths, or over a part of them, miss the difference of the outputs
    /// at its ends.
    /// </summary>
    /// <param name="integrals">One for each segment, in its shape.</param>
    /// <param name="from">Outputs where the part begins, (examples); null for the paths' start.</param>
    /// <param name="to">Outputs where it ends, (examples); null for the paths' end.</param>
    internal double LargestDelta(Tensor[] integrals, Tensor? from = null, Tensor? to = null)
    {
        using var scope = torch.NewDisposeScope();
        var missing = Missing(Contributions(integrals), from ?? OutputsAtStart, to ?? OutputsAtEnd);
        return missing.abs().max().cpu().to(torch.float64).item<double>();
    }

    private Tensor[] Contributions(Tensor[] integrals) =>
        [.. integrals.Zip(Segments, (integral, segment) => integral.mul(segment.Difference))];

    private static Tensor Missing(Tensor[] contributions, Tensor from, Tensor to)
    {
        var delta = from.Minus(to);
        foreach (var contribution in contributions)
        {
            delta = delta.Plus(contribution.flatten(1).sum(1)); // (examples)
        }

        return delta;
    }
}
