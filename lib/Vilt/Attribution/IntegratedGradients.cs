using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Integrated Gradients: how much each value of the inputs adds to the difference between the output for them and the output for a
/// baseline (Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365; rules as captum's <c>IntegratedGradients</c>).
/// </summary>
/// <remarks>Training mode and gradient mode are left as they were, and no gradient is left on the model's parameters.</remarks>
/// <example>
/// <code>
/// using var result = new IntegratedGradients(model).Attribute(inputs: [pixelValues], target: 3, nSteps: 30);
/// var shares = result.Attributions[0]; // of the shape of pixelValues
/// </code>
/// </example>
public sealed class IntegratedGradients : PathAttribution
{
    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">
    /// A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor. Its parameters require no
    /// gradient while an attribution runs, which saves their share of the memory.
    /// </param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Module model, bool multiplyByInputs = true)
        : base(new ForwardFunction(model), multiplyByInputs)
    {
    }

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Func<IReadOnlyList<Tensor?>, Tensor> forward, bool multiplyByInputs = true)
        : base(new ForwardFunction(forward), multiplyByInputs)
    {
    }

    private protected override Paths Lay(AttributionArguments arguments, DisposeScope owner) => InputPaths.Lay(Forward, arguments);
}
