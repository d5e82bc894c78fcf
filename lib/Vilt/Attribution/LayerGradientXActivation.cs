using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// The gradient of the output with respect to a layer's value, times that value (captum's <c>LayerGradientXActivation</c>): one forward
/// and backward pass, a first look where Integrated Gradients takes many. It uses no baselines.
/// </summary>
/// <example>
/// <code>
/// using var result = new LayerGradientXActivation(model, [embeddings]).Attribute(inputs: [ids], target: 3);
/// </code>
/// </example>
public sealed class LayerGradientXActivation : IAttributionMethod
{
    private readonly ForwardFunction forward;
    private readonly IReadOnlyList<Module> layers;
    private readonly bool attributeToLayerInput;

    /// <summary>Prepares attributions of a model's output to layers.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>.</param>
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    public LayerGradientXActivation(Module model, IReadOnlyList<Module> layers, bool attributeToLayerInput = false)
        : this(new ForwardFunction(model), layers, attributeToLayerInput)
    {
    }

    /// <summary>Prepares attributions of a function's result to layers that run in it.</summary>
    /// <param name="forward">From the inputs and additional arguments to (examples) or (examples, classes).</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>.</param>
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    public LayerGradientXActivation(
        Func<IReadOnlyList<Tensor?>, Tensor> forward, IReadOnlyList<Module> layers, bool attributeToLayerInput = false)
        : this(new ForwardFunction(forward), layers, attributeToLayerInput)
    {
    }

    private LayerGradientXActivation(ForwardFunction forward, IReadOnlyList<Module> layers, bool attributeToLayerInput) =>
        (this.forward, this.layers, this.attributeToLayerInput) = (forward, LayeredForward.Checked(layers), attributeToLayerInput);

    /// <summary>Attributes the chosen output to the layers' values. The arguments have captum's names.</summary>
    /// <param name="inputs">Each (examples, …), in the order of the forward function; all must be on the model's device.</param>
    /// <param name="target">The class to explain, or one per example; none if the output is one number per example.</param>
    /// <param name="additionalForwardArgs">What the forward function takes after the inputs.</param>
    /// <returns>Attributions in the order of the layers, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the layers or the output.</exception>
    /// <exception cref="InvalidOperationException">A layer is not on the path, or runs more than once.</exception>
    public AttributionResult Attribute(
        IReadOnlyList<Tensor> inputs, Target target = default, IReadOnlyList<Tensor?>? additionalForwardArgs = null) =>
        Attribute(new(inputs) { Target = target, AdditionalForwardArgs = additionalForwardArgs ?? [] });

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        arguments.CancellationToken.ThrowIfCancellationRequested();
        var layered = new LayeredForward(forward, layers, attributeToLayerInput, arguments);
        using var scope = NewDisposeScope();
        using var frozen = forward.FreezeParameters();
        using var gradientsOn = enable_grad();
        var (values, outputs) = layered.Watch(scope);
        Tensor[] flat = [.. values.SelectMany(tensors => tensors)];
        string[] names = [.. values.SelectMany((tensors, layer) => tensors.Select((_, i) => layered.NameOf(layer, i, tensors.Length)))];
        var gradients = Gradients.Of(outputs, flat, i => names[i]);
        arguments.Progress?.Report(new(1, 1));
        using var noGradients = no_grad();
        return new([.. gradients.Zip(flat, (gradient, value) => gradient.mul(value))], [.. values.Select(tensors => tensors.Length)]);
    }
}
