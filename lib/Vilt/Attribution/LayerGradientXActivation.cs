using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// The gradient of the output with respect to a layer's value, times that value (captum's <c>LayerGradientXActivation</c>): one forward
/// and backward pass, a first look where Integrated Gradients takes many.
/// </summary>
public sealed class LayerGradientXActivation
{
    private readonly ForwardFunction forward;
    private readonly IReadOnlyList<Module> layers;

    /// <summary>Prepares attributions of a model's output to layers.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>.</param>
    public LayerGradientXActivation(Module model, IReadOnlyList<Module> layers)
        : this(new ForwardFunction(model), layers)
    {
    }

    /// <summary>Prepares attributions of a function's result to layers that run in it.</summary>
    /// <param name="forward">From the inputs and additional arguments to (examples) or (examples, classes).</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>.</param>
    public LayerGradientXActivation(Func<IReadOnlyList<Tensor?>, Tensor> forward, IReadOnlyList<Module> layers)
        : this(new ForwardFunction(forward), layers)
    {
    }

    private LayerGradientXActivation(ForwardFunction forward, IReadOnlyList<Module> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There is no layer to attribute to.", nameof(layers));
        }

        this.forward = forward;
        this.layers = layers;
    }

    /// <summary>Attributes the chosen output to the layers' values.</summary>
    /// <param name="inputs">Each (examples, …), in the order of the forward function; all must be on the model's device.</param>
    /// <param name="target">The class to explain, or one per example; none if the output is one number per example.</param>
    /// <param name="additionalForwardArgs">What the forward function takes after the inputs.</param>
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    /// <returns>Attributions in the order of the layers, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the layers or the output.</exception>
    /// <exception cref="InvalidOperationException">A layer is not on the path, or runs more than once.</exception>
    public AttributionResult Attribute(
        IReadOnlyList<Tensor> inputs,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        bool attributeToLayerInput = false)
    {
        var arguments = new ForwardArguments(inputs, additionalForwardArgs);
        var forward = new LayeredForward(this.forward, layers, attributeToLayerInput, target);
        using var scope = torch.NewDisposeScope();
        using var frozen = this.forward.FreezeParameters();
        using var gradientsOn = torch.enable_grad();
        var (values, outputs) = forward.Watch(arguments, scope);
        Tensor[] flat = [.. values.SelectMany(tensors => tensors)];
        string[] names = [.. values.SelectMany((tensors, layer) => tensors.Select((_, i) => forward.NameOf(layer, i, tensors.Length)))];
        var gradients = Gradients.Of(outputs, flat, i => names[i]);
        using var noGradients = torch.no_grad();
        return new AttributionResult(
            [.. gradients.Zip(flat, (gradient, value) => gradient.mul(value))], [.. values.Select(tensors => tensors.Length)]);
    }
}
