using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>What <see cref="ViltModel"/> returns for text of L tokens and pictures of P patches; S = L + 1 + P.</summary>
/// <param name="LastHiddenState">(B, S, D): text tokens, the picture's [CLS] patch, its patches.</param>
/// <param name="PoolerOutput">(B, D)</param>
/// <param name="HiddenStates">If asked for: the embeddings and the output of each block, (B, S, D) each.</param>
/// <param name="Attentions">If asked for: the attention weights of each block, (B, H, S, S) each.</param>
public sealed record ViltModelOutput(
    Tensor LastHiddenState, Tensor PoolerOutput, IReadOnlyList<Tensor>? HiddenStates = null, IReadOnlyList<Tensor>? Attentions = null) : IDisposable
{
    /// <summary>Every tensor of this output.</summary>
    internal IEnumerable<Tensor> Tensors => [LastHiddenState, PoolerOutput, .. HiddenStates ?? [], .. Attentions ?? []];

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }
}
