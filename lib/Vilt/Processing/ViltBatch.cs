using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Several encoded examples, pictures padded to one size. Owns its tensors: dispose it when done.</summary>
/// <param name="InputIds">Token ids, (B, L) int64.</param>
/// <param name="AttentionMask">1 for a token, 0 for padding, (B, L) int64.</param>
/// <param name="TokenTypeIds">Sentence of each token, all 0 here, (B, L) int64.</param>
/// <param name="PixelValues">Normalized pictures, 0 where padded, (B, 3, H, W) float32.</param>
/// <param name="PixelMask">1 for a pixel of the picture, 0 for padding, (B, H, W) int64.</param>
/// <param name="Labels">Soft score of each answer of the vocabulary, (B, N) float32, if the answers are known.</param>
public sealed record ViltBatch(
    Tensor InputIds, Tensor AttentionMask, Tensor TokenTypeIds, Tensor PixelValues, Tensor PixelMask, Tensor? Labels = null) : IDisposable
{
    /// <summary>Number of examples, B.</summary>
    public int Size => (int)InputIds.shape[0];

    /// <summary>The tensors by their Hugging Face names, in the order of the tutorial's collation function.</summary>
    public IEnumerable<(string Name, Tensor Value)> Fields
    {
        get
        {
            yield return ("input_ids", InputIds);
            yield return ("attention_mask", AttentionMask);
            yield return ("token_type_ids", TokenTypeIds);
            yield return ("pixel_values", PixelValues);
            yield return ("pixel_mask", PixelMask);
            if (Labels is not null)
            {
                yield return ("labels", Labels);
            }
        }
    }

    /// <summary>A copy of the batch on a device; this one stays as it is.</summary>
    /// <param name="device">Where the copy's tensors go.</param>
    public ViltBatch To(Device device) => new(
        Copy(InputIds, device), Copy(AttentionMask, device), Copy(TokenTypeIds, device), Copy(PixelValues, device),
        Copy(PixelMask, device), Labels is null ? null : Copy(Labels, device));

    /// <summary>The batch without the columns in which every text is padding: the mask hides them, so they only cost time.</summary>
    /// <returns>Views of this batch's tensors, in the current dispose scope.</returns>
    internal ViltBatch WithoutTextPadding()
    {
        var length = LongestText(AttentionMask);
        return this with
        {
            InputIds = InputIds.narrow(1, 0, length), // (B, l)
            AttentionMask = AttentionMask.narrow(1, 0, length),
            TokenTypeIds = TokenTypeIds.narrow(1, 0, length),
        };
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach ((_, var value) in Fields)
        {
            value.Dispose();
        }
    }

    /// <summary>The end of the last column that holds a token, at least 1: the pooler reads the first.</summary>
    /// <param name="attentionMask">(B, L): 1 for a token, 0 for padding.</param>
    internal static long LongestText(Tensor attentionMask)
    {
        if (attentionMask.device_type == DeviceType.META)
        {
            return attentionMask.shape[1]; // no values to check
        }

        var used = attentionMask.to(ScalarType.Bool).any(0).cpu().data<bool>().ToArray(); // (L)
        return Math.Max(1, Array.LastIndexOf(used, true) + 1);
    }

    // A copy even on the same device, or disposing one batch would free the other's tensors.
    private static Tensor Copy(Tensor tensor, Device device) => tensor.to(device, copy: true);
}
