using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Integrated gradients, of inputs (<see cref="IntegratedGradients"/>) or of layers (<see cref="LayerIntegratedGradients"/>): how much
/// each value adds to the difference between the output for an input and the output for a baseline.
/// </summary>
public abstract class PathAttribution : IAttributionMethod
{
    private const int DefaultSteps = 50; // captum's

    private readonly bool multiplyByInputs;

    private protected PathAttribution(ForwardFunction forward, bool multiplyByInputs) =>
        (Forward, this.multiplyByInputs) = (forward, multiplyByInputs);

    /// <summary>The steps of a call that gives none: 50 by Gauss–Legendre if not set.</summary>
    public PathSteps Steps { get; init; } = PathSteps.Fixed(DefaultSteps);

    private protected ForwardFunction Forward { get; }

    /// <summary>Attributes the chosen output to the inputs or the layers' values. The arguments have captum's names.</summary>
    /// <param name="inputs">
    /// Each (examples, …), in the order of the forward function; all must be on the model's device. Where the method attributes to the
    /// inputs themselves, and not to a layer, they have a floating-point type.
    /// </param>
    /// <param name="baselines">Where the paths start, one per input; null for 0.</param>
    /// <param name="target">The class to explain, or one per example; none if the output is one number per example.</param>
    /// <param name="additionalForwardArgs">
    /// What the forward function takes after the inputs. Those with a first dimension, the examples, are repeated for each step.
    /// </param>
    /// <param name="nSteps">Steps of the path; if neither they nor a method are given, <see cref="Steps"/> decides.</param>
    /// <param name="method">Where the steps are and what they weigh; Gauss–Legendre if it is left out.</param>
    /// <param name="internalBatchSize">
    /// Rows at a time: max(1, size ÷ examples) steps in a forward pass. It bounds the memory and changes results by rounding only. Null
    /// takes as many, up to 16, as should stay within 512 MiB and an eighth of the memory.
    /// </param>
    /// <param name="progress">Receives the progress after each forward and backward pass.</param>
    /// <param name="cancellationToken">Checked before each of them.</param>
    /// <returns>Attributions in the order of the inputs or layers, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">Arguments that don't fit each other, the layers or the output.</exception>
    /// <exception cref="InvalidOperationException">
    /// The output does not depend on an input or layer, or a layer runs more than once.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public IntegratedGradientsResult Attribute(
        IReadOnlyList<Tensor> inputs,
        IReadOnlyList<Baseline>? baselines = null,
        Target target = default,
        IReadOnlyList<Tensor?>? additionalForwardArgs = null,
        int? nSteps = null,
        QuadratureMethod? method = null,
        int? internalBatchSize = null,
        IProgress<AttributionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var steps = nSteps is null && method is null
            ? Steps
            : PathSteps.Fixed(nSteps ?? DefaultSteps, method ?? QuadratureMethod.GaussLegendre);
        return Attribute(
            new(inputs)
            {
                Baselines = baselines,
                Target = target,
                AdditionalForwardArgs = additionalForwardArgs ?? [],
                InternalBatchSize = internalBatchSize,
                Progress = progress,
                CancellationToken = cancellationToken,
            },
            steps);
    }

    /// <summary>Attributes the chosen output, with the steps that <see cref="Steps"/> says.</summary>
    /// <inheritdoc cref="IAttributionMethod.Attribute"/>
    public IntegratedGradientsResult Attribute(AttributionArguments arguments) => Attribute(arguments, Steps);

    AttributionResult IAttributionMethod.Attribute(AttributionArguments arguments) => Attribute(arguments, Steps);

    /// <summary>Attributes the chosen output.</summary>
    /// <param name="arguments">The inputs, their baselines, and the output to explain.</param>
    /// <param name="steps">The steps, in place of <see cref="Steps"/>.</param>
    /// <inheritdoc cref="IAttributionMethod.Attribute"/>
    public IntegratedGradientsResult Attribute(AttributionArguments arguments, PathSteps steps)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(steps);
        using var scope = NewDisposeScope();
        using var frozen = Forward.FreezeParameters();
        using var noGradients = no_grad();
        var paths = Lay(arguments, scope);
        var integral = new PathIntegral(paths, arguments);
        return paths.Result(steps.Integrate(integral), integral.Steps, multiplyByInputs);
    }

    /// <summary>The chosen output along the paths: the curve whose slope the attributions integrate.</summary>
    /// <param name="arguments">The inputs, their baselines, and the output.</param>
    /// <param name="alphas">Where, 0 for the baselines and 1 for the inputs.</param>
    /// <returns>(alphas, examples); the caller disposes it.</returns>
    /// <inheritdoc cref="IAttributionMethod.Attribute" path="/exception"/>
    public Tensor OutputsAlong(AttributionArguments arguments, IReadOnlyList<double> alphas)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(alphas);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var paths = Lay(arguments, scope);
        List<Tensor> outputs = [];
        foreach (var some in alphas.Chunk(arguments.RowsPerExample))
        {
            arguments.CancellationToken.ThrowIfCancellationRequested();
            outputs.Add(paths.OutputsAt([.. paths.Segments.Select(segment => segment.Points(some))], some.Length)); // (some · examples)
        }

        return cat(outputs).view(alphas.Count, arguments.Examples).MoveToOuterDisposeScope();
    }

    /// <summary>Finds both ends of the paths. What of them is made within the model belongs to the scope.</summary>
    private protected abstract Paths Lay(AttributionArguments arguments, DisposeScope owner);
}
