using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Straight paths that are walked at the same time, and the outputs on them.</summary>
/// <param name="segments">The paths.</param>
/// <param name="tensorsPerLayer">How many of the segments belong to each input or layer.</param>
/// <param name="outputsAtStart">F(baseline), (examples).</param>
/// <param name="outputsAtEnd">F(input), (examples).</param>
internal abstract class Paths(PathSegment[] segments, int[] tensorsPerLayer, Tensor outputsAtStart, Tensor outputsAtEnd)
{
    internal PathSegment[] Segments => segments;

    internal int[] TensorsPerLayer => tensorsPerLayer;

    internal Tensor OutputsAtStart => outputsAtStart;

    internal Tensor OutputsAtEnd => outputsAtEnd;

    /// <summary>The outputs, (steps · examples), for points of all segments.</summary>
    /// <param name="points">(steps · examples, …) of each segment.</param>
    /// <param name="steps">How many rows each example has there.</param>
    internal abstract Tensor OutputsAt(Tensor[] points, int steps);

    /// <summary>The attributions that integrals of the gradient come to, with what they miss of the difference of outputs.</summary>
    /// <param name="integrals">One for each segment, in its shape.</param>
    /// <param name="steps">Steps that they took.</param>
    /// <param name="multiplyByInputs">False for the integrals themselves, which are averaged gradients.</param>
    internal IntegratedGradientsResult Result(Tensor[] integrals, int steps, bool multiplyByInputs)
    {
        var attributions = multiplyByInputs ? Contributions(integrals) : integrals;
        return new(attributions, TensorsPerLayer, Missing(attributions, OutputsAtStart, OutputsAtEnd), steps);
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
        using var scope = NewDisposeScope();
        var missing = Missing(Contributions(integrals), from ?? OutputsAtStart, to ?? OutputsAtEnd);
        return missing.abs().max().cpu().to(float64).item<double>();
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
