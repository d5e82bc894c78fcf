using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>The blocks, one after the other.</summary>
internal sealed class ViltEncoder : nn.Module<Tensor, long, Tensor, IList<Tensor>?, IList<Tensor>?, Tensor>
{
    private readonly ViltConfig config;
    private readonly ModuleList<ViltLayer> layer;

    internal ViltEncoder(ViltConfig config) : base(nameof(ViltEncoder))
    {
        this.config = config;
        layer = nn.ModuleList(Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new ViltLayer(config)).ToArray());
        RegisterComponents();
    }

    /// <param name="embeddings">(B, S, D)</param>
    /// <param name="queries">How many tokens' output is wanted, from the first on, Q: the last block computes no others.</param>
    /// <param name="mask">(B, 1, 1, S), added to attention scores.</param>
    /// <param name="hiddenStates">Receives the input of each block, (B, S, D), if not null.</param>
    /// <param name="attentions">Receives the attention weights of each block, (B, H, S, S), if not null.</param>
    /// <returns>Output of the last block, (B, Q, D).</returns>
    public override Tensor forward(Tensor embeddings, long queries, Tensor mask, IList<Tensor>? hiddenStates, IList<Tensor>? attentions)
    {
        if (hiddenStates is null && attentions is null && Recomputation.Current is Recomputation recomputation && recomputation.IsFor(KeptBytes(embeddings)))
        {
            return recomputation.Run(layer.Select<ViltLayer, Func<Tensor, Tensor, Tensor>>(block => (x, m) => Run(block, x, m)), embeddings, mask);
        }

        var hidden = embeddings;
        foreach (var block in layer)
        {
            hiddenStates?.Add(hidden);
            hidden = Run(block, hidden, mask);
        }

        return hidden;

        Tensor Run(ViltLayer block, Tensor x, Tensor m) => block.call(x, ReferenceEquals(block, layer[^1]) ? queries : x.shape[1], m, attentions);
    }

    // For each block: layer norms, queries, keys and values, the outputs of attention and its projection, the wide layer before and after
    // its GELU, and the attention weights. With dropout nothing is computed twice: the dropout would differ.
    private long KeptBytes(Tensor embeddings)
    {
        if (config.HiddenDropoutProb > 0 || config.AttentionProbsDropoutProb > 0)
        {
            return 0;
        }

        var (rows, tokens) = (embeddings.shape[0], embeddings.shape[1]);
        var perToken = 10 * config.HiddenSize + 2 * config.IntermediateSize + config.NumAttentionHeads * tokens;
        return layer.Count * rows * tokens * perToken * embeddings.element_size();
    }
}
