using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Saliency: the size of the gradient of the chosen output with respect to each value of the inputs (Simonyan et al. 2013,
/// https://arxiv.org/abs/1312.6034; as captum's <c>Saliency</c>). One forward and backward pass.
/// </summary>
public sealed class Saliency : GradientAttribution
{
    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    public Saliency(Module model)
        : this(new ForwardFunction(model))
    {
    }

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    public Saliency(Func<IReadOnlyList<Tensor?>, Tensor> forward)
        : this(new ForwardFunction(forward))
    {
    }

    internal Saliency(ForwardFunction forward)
        : base(forward)
    {
    }

    /// <summary>False for the gradient with its sign.</summary>
    public bool Abs { get; init; } = true;

    private protected override Tensor Attribution(Tensor gradient, Tensor input) => Abs ? gradient.abs() : gradient;
}
