using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Integrated Gradients: how much each value of the inputs adds to the difference between the output for them and the output for a
/// baseline (Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365; rules as captum's <c>IntegratedGradients</c>).
/// </summary>
/// <remarks>Training mode and gradient mode are left as they were, and no gradient is left on the model's parameters.</remarks>
public sealed class IntegratedGradients
{
    private readonly ForwardFunction _forward;
    private readonly bool _multiplyByInputs;

    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">
    /// A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor. Its parameters ask for no
    /// gradient while an attribution runs, which saves their share of the memory.
    /// </param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Module model, bool multiplyByInputs = true)
        : this(new ForwardFunction(model), multiplyByInputs)
    {
    }

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Func<IReadOnlyList<Tensor?>, Tensor> forward, bool multiplyByInputs = true)
        : this(new ForwardFunction(forward), multiplyByInputs)
    {
    }

    private IntegratedGradients(ForwardFunction forward, bool multiplyByInputs)
    {
        _forward = forward;
        _multiplyByInputs = multiplyByInputs;
    }

    /// <summary>Attributes the chosen output to the inputs.</summary>
    /// <param name="inputs">Each (examples, …) and of a floating-point type; all must be on the model's device.</param>
    /// <param name="baselines">Where the paths start, one per input; null for 0.</param>
    /// <param name="target">The class to explain, or one per example; none if the output is one number per example.</param>
    /// <param name="additionalForwardArgs">
    /// What the forward function takes after the inputs. Those with a first dimension, the examples, are repeated for each step.
    /// </param>
    /// <param name="nSteps">Steps of the path.</param>
    /// <param name="method">Where the steps are and what they weigh.</param>
    /// <param name="internalBatchSize">
    /// Rows at a time: max(1, size ÷ examples) steps in a forward pass. It bounds the memory and changes results by rounding only. Null
    /// takes all steps at once.
    /// </param>
    /// <param name="progress">Told after each forward and backward pass.</param>
    /// <param name="cancellationToken">Looked at before each of them.</param>
    /// <returns>Attributions in the order of the inputs, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other or the output.</exception>
    /// <exception cref="InvalidOperationException">The output does not depend on an input.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IntegratedGradientsResult Attribute(
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Baseline>? baselines = null,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        int nSteps = 50,
        QuadratureMethod method = QuadratureMethod.GaussLegendre,
        int? internalBatchSize = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ForwardArguments arguments = new(inputs, additionalForwardArgs);
        PathIntegral integral = new(Quadrature.Of(method, nSteps), internalBatchSize, arguments.Examples, progress, cancellationToken);

        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable frozen = _forward.FreezeParameters();
        using IDisposable noGradients = torch.no_grad();
        Tensor[] starts = Baseline.For(inputs, baselines);
        PathSegment[] segments = [.. inputs.Select((input, i) => new PathSegment($"input {i}", starts[i], input, arguments.Examples))];
        Tensor difference = OutputsAt(inputs, 1) - OutputsAt(starts, 1);
        Tensor[] gradients = integral.Gradients(segments, OutputsAt);
        return IntegratedGradientsResult.From(segments, gradients, _multiplyByInputs, difference, [.. segments.Select(_ => 1)]);

        Tensor OutputsAt(IReadOnlyList<Tensor> points, int steps) =>
            _forward.Invoke([.. points, .. arguments.RepeatAdditional(steps)], target, arguments.Examples, steps);
    }
}
