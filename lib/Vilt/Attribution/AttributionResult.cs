using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Attributions, one tensor per attributed input or layer. The result owns its tensors: no dispose scope frees them,
/// <see cref="Dispose()"/> does.
/// </summary>
public class AttributionResult : IDisposable
{
    internal AttributionResult(Tensor[] attributions, int[] tensorsPerLayer)
    {
        foreach (var attribution in attributions)
        {
            attribution.DetachFromDisposeScope();
        }

        Attributions = attributions;
        var start = 0;
        ByLayer = [.. tensorsPerLayer.Select(IReadOnlyList<Tensor> (count) => attributions[start..(start += count)])];
    }

    /// <summary>
    /// All attributions in the order of the inputs or layers, each of the shape of what it explains. A layer that gives a tuple has as
    /// many entries as the tuple: see <see cref="ByLayer"/>.
    /// </summary>
    public IReadOnlyList<Tensor> Attributions { get; }

    /// <summary>The same tensors, those of one layer together.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> ByLayer { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the tensors.</summary>
    /// <param name="disposing">False in a finalizer, where tensors free themselves.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        foreach (var attribution in Attributions)
        {
            attribution.Dispose();
        }
    }
}
