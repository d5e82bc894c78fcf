using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>What a model with a head returns.</summary>
/// <param name="Logits">Scores before the sigmoid or softmax: (B, answers), or (B, L, vocabulary) of the language model.</param>
/// <param name="Loss">A scalar, if labels were given.</param>
/// <param name="Attentions">If asked for: the attention weights of each block, (B, H, S, S) each; see <see cref="ViltModelOutput"/>.</param>
public sealed record ViltOutput(Tensor Logits, Tensor? Loss, IReadOnlyList<Tensor>? Attentions = null) : IDisposable
{
    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Logits.Dispose();
        Loss?.Dispose();
        foreach (var weights in Attentions ?? [])
        {
            weights.Dispose();
        }
    }
}
