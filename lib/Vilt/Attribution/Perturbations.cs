using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>How far to move each input, in its shape, for one of several samples. The caller disposes what it gets.</summary>
/// <param name="inputs">The inputs, (examples, …) each.</param>
/// <param name="sample">Which sample, counted from 0: the same one gives the same values each time it is asked for.</param>
public delegate IReadOnlyList<Tensor> Perturbation(IReadOnlyList<Tensor> inputs, int sample);

/// <summary>Random perturbations. Inputs of integers, such as ids, stay where they are.</summary>
public static class Perturbations
{
    /// <summary>Normal noise around 0.</summary>
    /// <param name="stdevs">Its standard deviation for each input, 0 or more; a single one applies to all.</param>
    /// <param name="seed">The same seed gives the same noise, on any device and however many samples share a pass.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative or infinite deviation.</exception>
    public static Perturbation Normal(IReadOnlyList<double> stdevs, long seed = 0)
    {
        stdevs = Stdevs(stdevs);
        return (inputs, sample) => Draw(inputs, seed, sample, (values, i, generator) => values.normal_(0, StdevOf(stdevs, i, inputs), generator));
    }

    /// <summary>Values that are equally likely from −radius to radius.</summary>
    /// <param name="radius">0 or more.</param>
    /// <param name="seed">The same seed gives the same values, on any device and however many samples share a pass.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative or infinite radius.</exception>
    public static Perturbation Uniform(double radius = 0.02, long seed = 0)
    {
        if (!(radius >= 0 && double.IsFinite(radius)))
        {
            throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius must be 0 or more.");
        }

        return (inputs, sample) => Draw(inputs, seed, sample, (values, _, generator) => values.uniform_(-radius, radius, generator));
    }

    /// <summary>What a perturbation gives for a sample, checked: one tensor for each input, in its shape.</summary>
    internal static IReadOnlyList<Tensor> Checked(this Perturbation perturbation, IReadOnlyList<Tensor> inputs, int sample)
    {
        var shifts = perturbation(inputs, sample);
        if (shifts.Count != inputs.Count)
        {
            throw new InvalidOperationException($"The perturbation gave {shifts.Count} tensors for {inputs.Count} inputs; it must give one for each.");
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (!shifts[i].shape.SequenceEqual(inputs[i].shape))
            {
                throw new InvalidOperationException(
                    $"The perturbation of input {i} has shape ({Shapes.Text(shifts[i])}), but the input has ({Shapes.Text(inputs[i])}).");
            }
        }

        return shifts;
    }

    /// <summary>The standard deviations, checked.</summary>
    internal static IReadOnlyList<double> Stdevs(IReadOnlyList<double> stdevs)
    {
        ArgumentNullException.ThrowIfNull(stdevs);
        return stdevs.Count > 0 && stdevs.All(stdev => stdev >= 0 && double.IsFinite(stdev))
            ? stdevs
            : throw new ArgumentOutOfRangeException(
                nameof(stdevs), string.Join(", ", stdevs), "The standard deviations of noise must be 0 or more, one for all inputs or one for each.");
    }

    /// <summary>A number of samples, checked.</summary>
    internal static int AtLeastOne(int samples, string name) =>
        samples >= 1 ? samples : throw new ArgumentOutOfRangeException(name, samples, "At least one sample is needed.");

    internal static Generator GeneratorOf(long seed, int sample) =>
        new(unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)sample), CPU); // far apart for seeds that are near each other

    private static double StdevOf(IReadOnlyList<double> stdevs, int input, IReadOnlyList<Tensor> inputs) =>
        stdevs.Count == 1 ? stdevs[0]
        : stdevs.Count == inputs.Count ? stdevs[input]
        : throw new ArgumentException($"There are {stdevs.Count} standard deviations for {inputs.Count} inputs; give one, or one for each.");

    private static Tensor[] Draw(
        IReadOnlyList<Tensor> inputs, long seed, int sample, Func<Tensor, int, Generator, Tensor> fill)
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorOf(seed, sample);
        Tensor[] drawn = [.. inputs.Select((input, i) => input.is_floating_point()
            ? fill(empty(input.shape, dtype: float32, device: CPU), i, generator).to(input.dtype, input.device)
            : zeros_like(input))];
        scope.MoveToOuter(drawn);
        return drawn;
    }
}
