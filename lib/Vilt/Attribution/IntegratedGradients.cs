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
    private readonly PathMethod method;

    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">
    /// A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor. Its parameters ask for no
    /// gradient while an attribution runs, which saves their share of the memory.
    /// </param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Module model, bool multiplyByInputs = true)
        => method = new(new ForwardFunction(model), multiplyByInputs);

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public IntegratedGradients(Func<IReadOnlyList<Tensor?>, Tensor> forward, bool multiplyByInputs = true)
        => method = new(new ForwardFunction(forward), multiplyByInputs);

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
    /// takes as many, up to 16, as should stay within 512 MiB and an eighth of the memory.
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
        var arguments = new ForwardArguments(inputs, additionalForwardArgs);
        var quadrature = Quadrature.Of(method, nSteps);
        var stepsAtOnce = ChunkSize.Steps(internalBatchSize, arguments);
        return this.method.Attribute(_ => Lay(arguments, baselines, target, stepsAtOnce), stepsAtOnce, quadrature, progress, cancellationToken);
    }

    /// <summary>
    /// Attributes the chosen output to the inputs, with as many steps as a convergence delta takes. They crowd where the
    /// gradient changes fast: attributions along any part of the path sum to the difference of the outputs at its ends, so what each part
    /// misses is known, and the part that misses most is halved until the whole meets the delta. Each halving takes ten steps and one
    /// forward pass, and the other parts stay as they are.
    /// </summary>
    /// <param name="convergenceDelta">
    /// How far the sum of an example's attributions may be from F(input) − F(baseline), in units of the output.
    /// </param>
    /// <param name="inputs">As of <see cref="Attribute"/>.</param>
    /// <param name="baselines">As of <see cref="Attribute"/>.</param>
    /// <param name="target">As of <see cref="Attribute"/>.</param>
    /// <param name="additionalForwardArgs">As of <see cref="Attribute"/>.</param>
    /// <param name="maxSteps">
    /// It takes no more than these, 20 or more. If the delta is not met by then, the result says so by its own.
    /// </param>
    /// <param name="internalBatchSize">As of <see cref="Attribute"/>.</param>
    /// <param name="progress">As of <see cref="Attribute"/>.</param>
    /// <param name="cancellationToken">As of <see cref="Attribute"/>.</param>
    /// <returns>Attributions as of <see cref="Attribute"/>, with the steps that they took.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other or the output.</exception>
    /// <exception cref="InvalidOperationException">The output does not depend on an input.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IntegratedGradientsResult AttributeUntil(
        double convergenceDelta,
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Baseline>? baselines = null,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        int maxSteps = 1023,
        int? internalBatchSize = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var arguments = new ForwardArguments(inputs, additionalForwardArgs);
        var stepsAtOnce = ChunkSize.Steps(internalBatchSize, arguments);
        return method.AttributeUntil(
            convergenceDelta, maxSteps, _ => Lay(arguments, baselines, target, stepsAtOnce), stepsAtOnce, progress, cancellationToken);
    }

    private Paths Lay(ForwardArguments arguments, IReadOnlyList<Baseline>? baselines, Target target, int stepsAtOnce)
    {
        var starts = Baseline.For(arguments.Inputs, baselines);
        PathSegment[] segments =
            [.. arguments.Inputs.Select((input, i) => new PathSegment($"input {i}", starts[i], input, arguments.Examples))];
        var (atStart, atEnd) = OutputsAtEnds();
        return new Paths(segments, [.. segments.Select(_ => 1)], atStart, atEnd, OutputsAt);

        Tensor OutputsAt(IReadOnlyList<Tensor> points, int steps) =>
            method.Forward.Invoke([.. points, .. arguments.RepeatAdditional(steps)], target, arguments.Examples, steps);

        (Tensor AtStart, Tensor AtEnd) OutputsAtEnds()
        {
            if (stepsAtOnce == 1)
            {
                return (OutputsAt(starts, 1), OutputsAt(arguments.Inputs, 1));
            }

            var halves = method.Forward.Invoke(arguments.Together(starts), target, arguments.Examples, steps: 2).chunk(2);
            return (halves[1], halves[0]);
        }
    }
}
