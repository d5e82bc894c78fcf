using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Attributions along a path, and by how much they miss what they should add up to.</summary>
public sealed class IntegratedGradientsResult : AttributionResult
{
    internal IntegratedGradientsResult(Tensor[] attributions, int[] tensorsPerLayer, Tensor convergenceDelta, int steps)
        : base(attributions, tensorsPerLayer)
    {
        ConvergenceDelta = convergenceDelta.DetachFromDisposeScope();
        Steps = steps;
    }

    /// <summary>
    /// (examples): the sum of all attributions less F(input) − F(baseline), signed. Nearly 0 where the steps suffice; without meaning if
    /// gradients were not multiplied by inputs.
    /// </summary>
    public Tensor ConvergenceDelta { get; }

    /// <summary>Steps of the path that were computed, each a forward and backward pass of every example.</summary>
    public int Steps { get; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            ConvergenceDelta.Dispose();
        }
    }
}
