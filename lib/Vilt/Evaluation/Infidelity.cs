using Vilt.Attribution;
using Vilt.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Evaluation;

/// <summary>
/// Infidelity (Yeh et al. 2019, https://arxiv.org/abs/1901.09392; as captum's <c>infidelity</c>): how far attributions are from predicting
/// what perturbations do, the mean over samples of (Σ perturbation · attribution − (F(x) − F(x − perturbation)))². 0 is best.
/// </summary>
/// <remarks>Inputs of integers, such as ids, stay as they are, and their attributions do not count. Several samples share a forward pass.</remarks>
public sealed class Infidelity
{
    private readonly ForwardFunction forward;

    /// <summary>Prepares the measure for a model's output.</summary>
    /// <param name="model">A <see cref="ModelInputWrapper"/>, or any of TorchSharp's <c>Module&lt;…&gt;</c> from tensors to a tensor.</param>
    public Infidelity(Module model) => forward = new(model);

    /// <summary>Prepares the measure for a function's result.</summary>
    /// <param name="forward">From the inputs and additional arguments to (rows) or (rows, classes).</param>
    public Infidelity(Func<IReadOnlyList<Tensor?>, Tensor> forward) => this.forward = new(forward);

    /// <summary>How many samples, at least 1.</summary>
    public int NPerturbSamples { get; init => field = Perturbations.AtLeastOne(value, nameof(NPerturbSamples)); } = 10;

    /// <summary>
    /// True to first scale the attributions by the factor that fits best, β = Σ ab ÷ Σ a² (a the sum, b the difference of outputs),
    /// so that only their proportions count.
    /// </summary>
    public bool Normalize { get; init; }

    /// <summary>Measures attributions.</summary>
    /// <param name="arguments">What was attributed.</param>
    /// <param name="attributions">One for each input, in its shape.</param>
    /// <param name="perturbation">What is subtracted from the inputs, such as <see cref="Perturbations.Normal"/>.</param>
    /// <returns>The infidelity of each example.</returns>
    /// <exception cref="ArgumentException">The attributions have another number or shape, or hold NaN or infinity.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public double[] Measure(AttributionArguments arguments, IReadOnlyList<Tensor> attributions, Perturbation perturbation)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentNullException.ThrowIfNull(perturbation);
        Check(arguments, attributions);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var outputs = forward.Invoke(arguments.Repeat(1), arguments.Target, arguments.Examples, 1); // (examples)
        List<(double Sum, double Difference)>[] samples = [.. Enumerable.Range(0, arguments.Examples).Select(_ => new List<(double, double)>())];
        foreach (var (from, count) in arguments.Passes(NPerturbSamples))
        {
            using var pass = NewDisposeScope();
            var shifts = Shifts(arguments, perturbation, from, count);
            Tensor[] moved = [.. arguments.Inputs.Zip(shifts, (input, shift) => input.unsqueeze(0).Minus(shift).flatten(0, 1))];
            var after = forward.Invoke([.. moved, .. arguments.RepeatAdditional(count)], arguments.Target, arguments.Examples, count);
            var differences = Values(outputs.Minus(after.view(count, -1)));
            var sums = Values(Sums(arguments, attributions, shifts));
            for (var i = 0; i < sums.Length; i++)
            {
                samples[i % arguments.Examples].Add((sums[i], differences[i]));
            }
        }

        return [.. samples.Select(MeanSquare)];
    }

    private double MeanSquare(List<(double Sum, double Difference)> samples)
    {
        var squares = samples.Sum(sample => sample.Sum * sample.Sum);
        var factor = Normalize && squares > 0 ? samples.Sum(sample => sample.Sum * sample.Difference) / squares : 1;
        return samples.Average(sample => Math.Pow(factor * sample.Sum - sample.Difference, 2));
    }

    /// <summary>Perturbations of each input, (count, examples, …).</summary>
    private static Tensor[] Shifts(AttributionArguments arguments, Perturbation perturbation, int from, int count)
    {
        IReadOnlyList<Tensor>[] samples = [.. Enumerable.Range(from, count).Select(sample => perturbation.Checked(arguments.Inputs, sample))];
        return [.. arguments.Inputs.Select((_, i) => stack([.. samples.Select(sample => sample[i])]))];
    }

    /// <summary>Σ perturbation · attribution, (count, examples).</summary>
    private static Tensor Sums(AttributionArguments arguments, IReadOnlyList<Tensor> attributions, Tensor[] shifts)
    {
        var moving = Enumerable.Range(0, shifts.Length).Where(i => arguments.Inputs[i].is_floating_point());
        return moving.Select(i => shifts[i].mul(attributions[i]).flatten(2).sum(2)).Aggregate((sum, other) => sum.Plus(other));
    }

    private static double[] Values(Tensor tensor) => tensor.cpu().to_type(float64).flatten().data<double>().ToArray();

    private static void Check(AttributionArguments arguments, IReadOnlyList<Tensor> attributions)
    {
        if (attributions.Count != arguments.Inputs.Count)
        {
            throw new ArgumentException($"There are {attributions.Count} attributions for {arguments.Inputs.Count} inputs; give one for each.", nameof(attributions));
        }

        if (!arguments.Inputs.Any(input => input.is_floating_point()))
        {
            throw new ArgumentException("No input is of a floating-point type, so there is nothing to perturb.", nameof(arguments));
        }

        for (var i = 0; i < attributions.Count; i++)
        {
            if (!arguments.Inputs[i].is_floating_point())
            {
                continue;
            }

            if (!attributions[i].shape.SequenceEqual(arguments.Inputs[i].shape))
            {
                throw new ArgumentException(
                    $"The attributions of input {i} have shape ({Shapes.Text(attributions[i])}), but the input has ({Shapes.Text(arguments.Inputs[i])}).",
                    nameof(attributions));
            }

            using var scope = NewDisposeScope();
            if (!attributions[i].isfinite().all().item<bool>())
            {
                throw new ArgumentException($"The attributions of input {i} hold NaN or infinity.", nameof(attributions));
            }
        }
    }
}
