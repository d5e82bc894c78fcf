using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Attributions along a path, and by how much they miss what they should add up to.</summary>
public sealed class IntegratedGradientsResult : AttributionResult
{
    private IntegratedGradientsResult(Tensor[] attributions, int[] tensorsPerLayer, Tensor convergenceDelta)
        : base(attributions, tensorsPerLayer)
    {
        ConvergenceDelta = convergenceDelta.DetachFromDisposeScope();
    }

    /// <summary>
    /// (examples): the sum of all attributions less F(input) − F(baseline), signed. Nearly 0 where the steps suffice; without meaning if
    /// gradients were not multiplied by inputs.
    /// </summary>
    public Tensor ConvergenceDelta { get; }

    /// <summary>The result of path integrals.</summary>
    /// <param name="segments">The paths.</param>
    /// <param name="integrals">The gradient's integral along each.</param>
    /// <param name="multiplyByInputs">Whether they are multiplied by input − baseline.</param>
    /// <param name="outputDifference">F(input) − F(baseline), (examples).</param>
    /// <param name="tensorsPerLayer">How many of the segments belong to each layer.</param>
    internal static IntegratedGradientsResult From(
        PathSegment[] segments, Tensor[] integrals, bool multiplyByInputs, Tensor outputDifference, int[] tensorsPerLayer)
    {
        Tensor[] attributions = multiplyByInputs
            ? [.. integrals.Zip(segments, (integral, segment) => integral * segment.Difference)]
            : integrals;
        Tensor delta = -outputDifference;
        foreach (Tensor attribution in attributions) delta = delta + attribution.flatten(1).sum(1); // (examples)
        return new IntegratedGradientsResult(attributions, tensorsPerLayer, delta);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) ConvergenceDelta.Dispose();
    }
}
