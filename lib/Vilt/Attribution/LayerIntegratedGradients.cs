using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Layer Integrated Gradients: how much each value of a layer adds to the difference between the output for an input and the output for
/// a baseline (Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365, on layer values as captum's <c>LayerIntegratedGradients</c>).
/// </summary>
/// <remarks>
/// The path runs straight from the layer's value for the baseline to that for the input. Inputs themselves are not differentiated, so
/// they may be ids. With several layers, none should be computed from another: each is replaced. Training mode, gradient mode and
/// hooks of the model are left as they were, and no gradient is left on its parameters.
/// </remarks>
/// <example>
/// <code>
/// var attr = new LayerIntegratedGradients(model, [embeddings]);
/// using var result = attr.Attribute(inputs: [ids], baselines: [padding], target: 3, nSteps: 30);
/// var words = result.Attributions[0].sum(dim: 2); // (examples, length, dimension) to (examples, length)
/// </code>
/// </example>
public sealed class LayerIntegratedGradients : PathAttribution
{
    private readonly bool attributeToLayerInput;

    /// <summary>Prepares attributions of a model's output to layers.</summary>
    /// <param name="model">
    /// A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor. Its parameters require no
    /// gradient while an attribution runs, which saves their share of the memory.
    /// </param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>; each takes and gives a tensor or several.</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    public LayerIntegratedGradients(
        Module model, IReadOnlyList<Module> layers, bool multiplyByInputs = true, bool attributeToLayerInput = false)
        : this(new ForwardFunction(model), layers, multiplyByInputs, attributeToLayerInput)
    {
    }

    /// <summary>Prepares attributions of a function's result to layers that run in it.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>; each takes and gives a tensor or several.</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    public LayerIntegratedGradients(
        Func<IReadOnlyList<Tensor?>, Tensor> forward, IReadOnlyList<Module> layers, bool multiplyByInputs = true,
        bool attributeToLayerInput = false)
        : this(new ForwardFunction(forward), layers, multiplyByInputs, attributeToLayerInput)
    {
    }

    private LayerIntegratedGradients(
        ForwardFunction forward, IReadOnlyList<Module> layers, bool multiplyByInputs, bool attributeToLayerInput)
        : base(forward, multiplyByInputs) =>
        (Layers, this.attributeToLayerInput) = (LayeredForward.Checked(layers), attributeToLayerInput);

    /// <summary>The model that is explained; null where a function is.</summary>
    public Module? Model => Forward.Model;

    /// <summary>The layers that are attributed to, in the order of the attributions.</summary>
    public IReadOnlyList<Module> Layers { get; }

    private protected override Paths Lay(AttributionArguments arguments, DisposeScope owner) =>
        LayerPaths.Lay(new(Forward, Layers, attributeToLayerInput, arguments), owner);
}
