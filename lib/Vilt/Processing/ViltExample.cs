using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>One question and its picture, encoded for ViLT. Owns its tensors: dispose it when done.</summary>
/// <param name="InputIds">Token ids, (L) int64.</param>
/// <param name="AttentionMask">1 for a token, 0 for padding, (L) int64.</param>
/// <param name="TokenTypeIds">Sentence of each token, all 0 here, (L) int64.</param>
/// <param name="PixelValues">Normalized picture, (3, H, W) float32.</param>
/// <param name="Labels">Soft score of each answer of the vocabulary, (N) float32, if the answers are known.</param>
public sealed record ViltExample(Tensor InputIds, Tensor AttentionMask, Tensor TokenTypeIds, Tensor PixelValues, Tensor? Labels = null)
    : IDisposable
{
    /// <summary>The tensors by their Hugging Face names, in the order in which its processor gives them.</summary>
    public IEnumerable<(string Name, Tensor Value)> Fields
    {
        get
        {
            yield return ("pixel_values", PixelValues);
            yield return ("input_ids", InputIds);
            yield return ("token_type_ids", TokenTypeIds);
            yield return ("attention_mask", AttentionMask);
            if (Labels is not null)
            {
                yield return ("labels", Labels);
            }
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach ((_, var value) in Fields)
        {
            value.Dispose();
        }
    }
}
