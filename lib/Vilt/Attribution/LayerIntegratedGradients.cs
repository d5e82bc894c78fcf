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
public sealed class LayerIntegratedGradients
{
    private readonly PathMethod method;
    private readonly IReadOnlyList<Module> layers;

    /// <summary>Prepares attributions of a model's output to layers.</summary>
    /// <param name="model">
    /// A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor. Its parameters ask for no
    /// gradient while an attribution runs, which saves their share of the memory.
    /// </param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>; each takes and gives a tensor or several.</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public LayerIntegratedGradients(Module model, IReadOnlyList<Module> layers, bool multiplyByInputs = true)
        : this(new ForwardFunction(model), layers, multiplyByInputs)
    {
    }

    /// <summary>Prepares attributions of a function's result to layers that run in it.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="layers">Modules that run once in a forward pass, by <c>call</c>; each takes and gives a tensor or several.</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public LayerIntegratedGradients(Func<IReadOnlyList<Tensor?>, Tensor> forward, IReadOnlyList<Module> layers, bool multiplyByInputs = true)
        : this(new ForwardFunction(forward), layers, multiplyByInputs)
    {
    }

    private LayerIntegratedGradients(ForwardFunction forward, IReadOnlyList<Module> layers, bool multiplyByInputs)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("There is no layer to attribute to.", nameof(layers));
        }

        method = new(forward, multiplyByInputs);
        this.layers = layers;
    }

    /// <summary>Attributes the chosen output to the layers' values.</summary>
    /// <param name="inputs">Each (examples, …), in the order of the forward function; all must be on the model's device.</param>
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
    /// <param name="attributeToLayerInput">True to explain what goes into the layers rather than what comes out.</param>
    /// <param name="progress">Told after each forward and backward pass.</param>
    /// <param name="cancellationToken">Looked at before each of them.</param>
    /// <returns>Attributions in the order of the layers, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the layers or the output.</exception>
    /// <exception cref="InvalidOperationException">A layer is not on the path, or runs more than once.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IntegratedGradientsResult Attribute(
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Baseline>? baselines = null,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        int nSteps = 50,
        QuadratureMethod method = QuadratureMethod.GaussLegendre,
        int? internalBatchSize = null,
        bool attributeToLayerInput = false,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var arguments = new ForwardArguments(inputs, additionalForwardArgs);
        var quadrature = Quadrature.Of(method, nSteps);
        var stepsAtOnce = ChunkSize.Steps(internalBatchSize, arguments);
        var forward = new LayeredForward(this.method.Forward, layers, attributeToLayerInput, target);
        return this.method.Attribute(
            scope => Lay(forward, arguments, baselines, stepsAtOnce, scope), stepsAtOnce, quadrature, progress, cancellationToken);
    }

    /// <summary>
    /// Attributes the chosen output to the layers' values, with as many steps as a convergence delta takes. They crowd where the
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
    /// <param name="attributeToLayerInput">As of <see cref="Attribute"/>.</param>
    /// <param name="progress">As of <see cref="Attribute"/>.</param>
    /// <param name="cancellationToken">As of <see cref="Attribute"/>.</param>
    /// <returns>Attributions as of <see cref="Attribute"/>, with the steps that they took.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the layers or the output.</exception>
    /// <exception cref="InvalidOperationException">A layer is not on the path, or runs more than once.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IntegratedGradientsResult AttributeUntil(
        double convergenceDelta,
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Baseline>? baselines = null,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        int maxSteps = 1023,
        int? internalBatchSize = null,
        bool attributeToLayerInput = false,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var arguments = new ForwardArguments(inputs, additionalForwardArgs);
        var stepsAtOnce = ChunkSize.Steps(internalBatchSize, arguments);
        var forward = new LayeredForward(method.Forward, layers, attributeToLayerInput, target);
        return method.AttributeUntil(
            convergenceDelta, maxSteps, scope => Lay(forward, arguments, baselines, stepsAtOnce, scope), stepsAtOnce, progress, cancellationToken);
    }

    private static Paths Lay(
        LayeredForward forward, ForwardArguments arguments, IReadOnlyList<Baseline>? baselines, int stepsAtOnce, DisposeScope scope)
    {
        var starts = Baseline.For(arguments.Inputs, baselines);
        LayerValues atInputs, atBaselines;
        if (stepsAtOnce > 1)
        {
            (atInputs, atBaselines) = forward.RecordBoth(arguments, starts, scope);
        }
        else
        {
            (atInputs, atBaselines) = (forward.Record(arguments, scope), forward.Record(arguments.With(starts), scope));
        }

        int[] counts = [.. atInputs.Values.Select(values => values.Length)];
        return new Paths(
            [.. Segments(forward, atBaselines.Values, atInputs.Values, arguments.Examples)], counts, atBaselines.Outputs, atInputs.Outputs,
            (points, steps) => forward.Replace(arguments, steps, Grouped(points, counts)));
    }

    private static IEnumerable<PathSegment> Segments(LayeredForward forward, Tensor[][] starts, Tensor[][] ends, int examples)
    {
        for (var layer = 0; layer < ends.Length; layer++)
        {
            for (var i = 0; i < ends[layer].Length; i++)
            {
                yield return new PathSegment(forward.NameOf(layer, i, ends[layer].Length), starts[layer][i], ends[layer][i], examples);
            }
        }
    }

    private static Tensor[][] Grouped(Tensor[] tensors, int[] counts)
    {
        var start = 0;
        return [.. counts.Select(count => tensors[start..(start += count)])];
    }
}
