using TorchSharp.Modules;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// One block: attention and feed-forward, each after its layer norm and with a residual connection (pre-norm, as in ViT).
/// </summary>
internal sealed class ViltLayer : nn.Module<Tensor, long, Tensor, IList<Tensor>?, Tensor>
{
    private readonly Attention attention;
    private readonly Intermediate intermediate;
    private readonly Projection output;
    private readonly LayerNorm layernorm_before;
    private readonly LayerNorm layernorm_after;

    internal ViltLayer(ViltConfig config) : base(nameof(ViltLayer))
    {
        attention = new(config);
        intermediate = new(config);
        output = new(config.IntermediateSize, config.HiddenSize, config.HiddenDropoutProb);
        layernorm_before = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        layernorm_after = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        RegisterComponents();
    }

    /// <inheritdoc cref="SelfAttention.forward"/>
    public override Tensor forward(Tensor hidden, long queries, Tensor mask, IList<Tensor>? attentions)
    {
        using var scope = NewDisposeScope();
        var attended = attention.call(layernorm_before.call(hidden), queries, mask, attentions).Plus(hidden.narrow(1, 0, queries)); // (B, Q, D)
        var result = output.call(intermediate.call(layernorm_after.call(attended))).Plus(attended); // (B, Q, D)
        attentions?[^1].MoveToOuterDisposeScope();
        return result.MoveToOuterDisposeScope();
    }
}

/// <summary>The widening half of the feed-forward layer, with the exact GELU.</summary>
internal sealed class Intermediate : nn.Module<Tensor, Tensor>
{
    private readonly Linear dense;

    internal Intermediate(ViltConfig config) : base(nameof(Intermediate))
    {
        dense = Blank.Linear(config.HiddenSize, config.IntermediateSize);
        RegisterComponents();
    }

    /// <summary>(B, S, D) → (B, S, intermediate size)</summary>
    public override Tensor forward(Tensor x) => nn.functional.gelu(dense.Apply(x));
}
