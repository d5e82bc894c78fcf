using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>The blocks, one after the other.</summary>
internal sealed class ViltEncoder : nn.Module<Tensor, long, Tensor, IList<Tensor>?, IList<Tensor>?, Tensor>
{
    private readonly ModuleList<ViltLayer> layer;

    internal ViltEncoder(ViltConfig config) : base(nameof(ViltEncoder))
    {
        layer = nn.ModuleList(Enumerable.Range(0, config.NumHiddenLayers).Select(_ => new ViltLayer(config)).ToArray());
        RegisterComponents();
    }

    /// <param name="embeddings">(B, S, D)</param>
    /// <param name="queries">Tokens from the first on whose output is wanted, Q: the last block computes no others.</param>
    /// <param name="mask">(B, 1, 1, S), added to attention scores.</param>
    /// <param name="hiddenStates">Takes the input of each block, (B, S, D), if not null.</param>
    /// <param name="attentions">Takes the attention weights of each block, (B, H, S, S), if not null.</param>
    /// <returns>Output of the last block, (B, Q, D).</returns>
    public override Tensor forward(Tensor embeddings, long queries, Tensor mask, IList<Tensor>? hiddenStates, IList<Tensor>? attentions)
    {
        Tensor hidden = embeddings;
        foreach (ViltLayer block in layer)
        {
            hiddenStates?.Add(hidden);
            hidden = block.call(hidden, ReferenceEquals(block, layer[^1]) ? queries : hidden.shape[1], mask, attentions);
        }
        return hidden;
    }
}
