using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>What a model with a head gives.</summary>
/// <param name="Logits">Scores before the sigmoid or softmax: (B, answers), or (B, L, vocabulary) of the language model.</param>
/// <param name="Loss">A scalar, if labels were given.</param>
public sealed record ViltOutput(Tensor Logits, Tensor? Loss) : IDisposable
{
    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        Logits.Dispose();
        Loss?.Dispose();
    }
}
