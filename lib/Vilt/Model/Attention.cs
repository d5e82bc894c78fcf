using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>Self-attention and the projection of its output.</summary>
internal sealed class Attention : nn.Module<Tensor, long, Tensor, IList<Tensor>?, Tensor>
{
    private readonly SelfAttention attention;
    private readonly Projection output;

    internal Attention(ViltConfig config) : base(nameof(Attention))
    {
        attention = new(config);
        output = new(config.HiddenSize, config.HiddenSize, config.HiddenDropoutProb);
        RegisterComponents();
    }

    /// <inheritdoc cref="SelfAttention.forward"/>
    public override Tensor forward(Tensor hidden, long queries, Tensor mask, IList<Tensor>? attentions) =>
        output.call(attention.call(hidden, queries, mask, attentions));
}

/// <summary>A linear layer and dropout; the residual is added by the block.</summary>
internal sealed class Projection : nn.Module<Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly Dropout dropout;

    internal Projection(int inputs, int outputs, double dropoutProb) : base(nameof(Projection))
    {
        dense = Blank.Linear(inputs, outputs);
        dropout = nn.Dropout(dropoutProb);
        RegisterComponents();
    }

    /// <summary>(B, S, inputs) → (B, S, outputs)</summary>
    public override Tensor forward(Tensor x) => dropout.call(dense.Apply(x));
}
