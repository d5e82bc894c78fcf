using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>What a transformer gives to methods that read its attention.</summary>
/// <param name="Output">(examples) or (examples, classes): what is explained.</param>
/// <param name="Attentions">
/// The attention weights of each layer from the first, (examples, heads, tokens, tokens): rows are the tokens that attend, columns those
/// that are attended to. <see cref="AttentionRelevance"/> differentiates the output by them, so they must be those it is computed from.
/// </param>
public sealed record AttentionOutput(Tensor Output, IReadOnlyList<Tensor> Attentions);
