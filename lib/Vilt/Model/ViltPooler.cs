using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>One vector for text and picture together: tanh of a linear layer over the first text token.</summary>
internal sealed class ViltPooler : nn.Module<Tensor, Tensor>
{
    private readonly Linear dense;

    internal ViltPooler(ViltConfig config) : base(nameof(ViltPooler))
    {
        dense = Blank.Linear(config.HiddenSize, config.HiddenSize);
        RegisterComponents();
    }

    /// <summary>(B, S, D) → (B, D)</summary>
    public override Tensor forward(Tensor hidden) => dense.call(hidden.select(1, 0)).tanh();
}
