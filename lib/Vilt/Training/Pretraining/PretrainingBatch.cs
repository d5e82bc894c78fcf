using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Training.Pretraining;

/// <summary>Masked texts with pictures, some of which belong to another text. Owns its tensors.</summary>
/// <param name="Inputs">Texts with [MASK] in them, and pictures.</param>
/// <param name="MaskedPositions">Where words are to be predicted, (M) int64, counted through the B·L positions.</param>
/// <param name="MaskedIds">Which words were there, (M) int64.</param>
/// <param name="Matches">1 where picture and text belong together, (B) int64.</param>
/// <param name="PatchNames">The name of each patch, −100 where there is none, (B, P) int64; null if names are unknown.</param>
internal sealed record PretrainingBatch(ViltBatch Inputs, Tensor MaskedPositions, Tensor MaskedIds, Tensor Matches, Tensor? PatchNames)
    : IDisposable
{
    /// <summary>A copy on a device; this one stays as it is.</summary>
    public PretrainingBatch To(Device device) => new(
        Inputs.To(device), MaskedPositions.to(device, copy: true), MaskedIds.to(device, copy: true), Matches.to(device, copy: true),
        PatchNames?.to(device, copy: true));

    /// <summary>Every tensor.</summary>
    public IEnumerable<Tensor> Tensors
    {
        get
        {
            foreach ((_, var value) in Inputs.Fields)
            {
                yield return value;
            }

            yield return MaskedPositions;
            yield return MaskedIds;
            yield return Matches;
            if (PatchNames is not null)
            {
                yield return PatchNames;
            }
        }
    }

    public void Dispose()
    {
        foreach (var value in Tensors)
        {
            value.Dispose();
        }
    }
}
