using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Input × Gradient: each value of the inputs times the gradient of the chosen output there (Shrikumar et al. 2016,
/// https://arxiv.org/abs/1605.01713; as captum's <c>InputXGradient</c>). One forward and backward pass.
/// </summary>
public sealed class InputXGradient : GradientAttribution
{
    /// <inheritdoc cref="Saliency(Module)"/>
    public InputXGradient(Module model)
        : base(new ForwardFunction(model))
    {
    }

    /// <inheritdoc cref="Saliency(Func{IReadOnlyList{Tensor}, Tensor})"/>
    public InputXGradient(Func<IReadOnlyList<Tensor?>, Tensor> forward)
        : base(new ForwardFunction(forward))
    {
    }

    private protected override Tensor Attribution(Tensor gradient, Tensor input) => gradient.mul(input);
}
