using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Methods that take one gradient of the chosen output with respect to the inputs: <see cref="Saliency"/>, <see cref="InputXGradient"/>.
/// They use no baselines.
/// </summary>
public abstract class GradientAttribution : IAttributionMethod
{
    private readonly ForwardFunction forward;

    private protected GradientAttribution(ForwardFunction forward) => this.forward = forward;

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        arguments.CancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var frozen = forward.FreezeParameters();
        using var noGradients = no_grad();
        Tensor[] inputs = [.. arguments.Inputs.Select((input, i) => Gradients.Watched(input, $"input {i}"))];
        Tensor outputs;
        using (enable_grad())
        {
            outputs = forward.Invoke([.. inputs, .. arguments.AdditionalForwardArgs], arguments.Target, arguments.Examples, steps: 1);
        }

        var gradients = Gradients.Of(outputs, inputs, i => $"input {i}");
        arguments.Progress?.Report(new(1, 1));
        return new([.. gradients.Zip(inputs, Attribution)], [.. inputs.Select(_ => 1)]);
    }

    /// <summary>The attributions of an input, (examples, …), from the gradient there.</summary>
    private protected abstract Tensor Attribution(Tensor gradient, Tensor input);
}
