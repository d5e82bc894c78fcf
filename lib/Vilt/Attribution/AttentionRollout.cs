using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Attention rollout (Abnar and Zuidema 2020, https://arxiv.org/abs/2005.00928): how much of each token of the input the layers mix into
/// one token of the last, if half of each layer's output is its attention (the mean over the heads) and half what it was given. It has
/// no target and no sign. One forward pass.
/// </summary>
/// <param name="forward">From the inputs and additional arguments to the output and the attention weights.</param>
public sealed class AttentionRollout(Func<IReadOnlyList<Tensor?>, AttentionOutput> forward) : AttentionAttribution(forward)
{
    private protected override Tensor[] Layers(AttributionArguments arguments) =>
        [.. Run(arguments, arguments.Inputs).Attentions.Select(Mixed)];

    // (examples, heads, tokens, tokens) → (examples, tokens, tokens)
    private static Tensor Mixed(Tensor weights)
    {
        var mixed = weights.mean([1]).Plus(eye(weights.shape[^1], dtype: weights.dtype, device: weights.device));
        return mixed.div_(mixed.sum(-1, keepdim: true));
    }
}
