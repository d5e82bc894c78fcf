using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Relevance of a transformer with a single stream of self-attention (Chefer, Gur and Wolf 2021, https://arxiv.org/abs/2103.15679,
/// equations 5 and 6): R starts as the identity, and each layer adds Ā · R, Ā being the mean over the heads of
/// (gradient × attention weight)⁺. The result is the row of one token, its own entry included; leave that out for display. One forward
/// and backward pass.
/// </summary>
/// <param name="forward">
/// From the inputs and additional arguments to the output and the attention weights. If the model's parameters require no gradient,
/// some input must have a floating-point type.
/// </param>
public sealed class AttentionRelevance(Func<IReadOnlyList<Tensor?>, AttentionOutput> forward) : AttentionAttribution(forward)
{
    private protected override Tensor[] Layers(AttributionArguments arguments)
    {
        Tensor[] inputs = [.. arguments.Inputs.Select(input => input.is_floating_point() ? Gradients.Watched(input, "") : input)];
        AttentionOutput output;
        Tensor chosen;
        using (enable_grad())
        {
            output = Run(arguments, inputs);
            chosen = arguments.Target.Select(output.Output, arguments.Examples, steps: 1);
        }

        ForwardFunction.CheckFinite(chosen, "The forward function's chosen output");
        arguments.CancellationToken.ThrowIfCancellationRequested();
        var gradients = Gradients.Of(chosen, output.Attentions, layer => $"the attention weights of layer {layer}");
        return [.. output.Attentions.Zip(gradients, Relevance)];
    }

    // (examples, heads, tokens, tokens) → (examples, tokens, tokens)
    private static Tensor Relevance(Tensor weights, Tensor gradient) =>
        weights.mul(gradient).relu_().mean([1]).Plus(eye(weights.shape[^1], dtype: weights.dtype, device: weights.device));
}
