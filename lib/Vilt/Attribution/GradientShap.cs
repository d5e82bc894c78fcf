using Vilt.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Gradient SHAP: the mean, over several samples, of the gradient at a random point between the input and a baseline drawn from the given
/// ones, times (input − baseline) (Lundberg and Lee 2017, https://arxiv.org/abs/1705.07874; as captum's <c>GradientShap</c>). Several
/// samples share a pass.
/// </summary>
/// <remarks>
/// Each of the baselines may have any number of rows, of which each sample draws one for each example; one row or a number serves all
/// examples. Attributions come close to the difference between the output and its mean over the baselines, the closer the more samples
/// there are.
/// </remarks>
/// <example>
/// <code>
/// using var result = new GradientShap(model) { NSamples = 20 }.Attribute(new([pixelValues]) { Baselines = [otherPictures], Target = 3 });
/// </code>
/// </example>
public sealed class GradientShap : IAttributionMethod
{
    private readonly Saliency gradient;
    private readonly bool multiplyByInputs;

    /// <summary>Prepares attributions of a model's output to its inputs.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public GradientShap(Module model, bool multiplyByInputs = true)
        : this(new ForwardFunction(model), multiplyByInputs)
    {
    }

    /// <summary>Prepares attributions of a function's result to its inputs.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    /// <param name="multiplyByInputs">False for the averaged gradient alone, without × (input − baseline).</param>
    public GradientShap(Func<IReadOnlyList<Tensor?>, Tensor> forward, bool multiplyByInputs = true)
        : this(new ForwardFunction(forward), multiplyByInputs)
    {
    }

    private GradientShap(ForwardFunction forward, bool multiplyByInputs) =>
        (gradient, this.multiplyByInputs) = (new Saliency(forward) { Abs = false }, multiplyByInputs);

    /// <summary>How many samples, at least 1.</summary>
    public int NSamples { get; init => field = Perturbations.AtLeastOne(value, nameof(NSamples)); } = 5;

    /// <summary>Standard deviation of noise that is added to the input first, 0 or more: one for all inputs, or one for each.</summary>
    public IReadOnlyList<double> Stdevs { get; init => field = Perturbations.Stdevs(value); } = [0.0];

    /// <summary>The same seed gives the same result.</summary>
    public long Seed { get; init; }

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var noise = Perturbations.Normal(Stdevs, Seed);
        var draws = new BaselineDraws(arguments, NSamples, Seed);
        var moments = new SampleMoments();
        foreach (var (from, count) in arguments.Passes(NSamples))
        {
            using var pass = NewDisposeScope();
            var noised = arguments.Perturbed(noise, from, count);
            var (points, differences) = draws.Between(noised.Inputs, from * arguments.Examples);
            using var gradients = gradient.Attribute(noised with { Inputs = points });
            moments.Add([.. gradients.Attributions.Select(Tensor[] (slope, i) => [Product(slope, differences[i])])], arguments.Examples, count);
        }

        return moments.Result((mean, _) => mean);
    }

    private Tensor Product(Tensor slope, Tensor difference) => multiplyByInputs ? slope.mul(difference) : slope;
}

/// <summary>For each row of all samples, a baseline of the given ones and where between it and the input the row's point is.</summary>
internal sealed class BaselineDraws
{
    private readonly Baseline[] baselines;
    private readonly long[][] chosen; // for each input, the baseline's row that each of the rows draws
    private readonly double[] alphas; // 0 is the baseline, 1 the input

    internal BaselineDraws(AttributionArguments arguments, int samples, long seed)
    {
        var random = new Random(seed.GetHashCode());
        var rows = samples * arguments.Examples;
        baselines = Baseline.Distributions(arguments.Inputs, arguments.Baselines);
        alphas = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        chosen = [.. baselines.Select(long[] (baseline) => [.. Enumerable.Range(0, rows).Select(_ => random.NextInt64(baseline.Rows))])];
    }

    /// <summary>Points between baselines and inputs, and inputs − baselines, (rows, …) each.</summary>
    /// <param name="inputs">(rows, …) each.</param>
    /// <param name="from">Which of all the rows the first of these is.</param>
    internal (Tensor[] Points, Tensor[] Differences) Between(IReadOnlyList<Tensor> inputs, int from)
    {
        var (points, differences) = (new Tensor[inputs.Count], new Tensor[inputs.Count]);
        for (var i = 0; i < inputs.Count; i++)
        {
            var rows = (int)inputs[i].shape[0];
            var baseline = baselines[i].Drawn(inputs[i], chosen[i][from..(from + rows)]);
            long[] column = [rows, .. Enumerable.Repeat(1L, (int)inputs[i].dim() - 1)];
            var alpha = tensor(alphas[from..(from + rows)], dtype: inputs[i].dtype, device: inputs[i].device).view(column); // (rows, 1, …)
            differences[i] = inputs[i].Minus(baseline);
            points[i] = baseline.PlusProduct(alpha, differences[i]);
        }

        return (points, differences);
    }
}
