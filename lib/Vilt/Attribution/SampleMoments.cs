using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Mean and variance of attributions over samples, in single precision or better. The first sample is subtracted from each, so that little
/// is lost where they hardly differ.
/// </summary>
internal sealed class SampleMoments
{
    private Tensor[] first = [], sums = [], squares = []; // (examples, …) each
    private int[] tensorsPerLayer = [];
    private int samples;

    /// <summary>Adds the samples of a pass.</summary>
    /// <param name="byLayer">(count · examples, …) each.</param>
    /// <param name="examples">How many examples there are.</param>
    /// <param name="count">How many samples of each.</param>
    internal void Add(IReadOnlyList<IReadOnlyList<Tensor>> byLayer, int examples, int count)
    {
        Tensor[] rows = [.. byLayer.SelectMany(layer => layer).Select((attribution, i) => BySample(attribution, i, examples, count))];
        if (samples == 0)
        {
            tensorsPerLayer = [.. byLayer.Select(layer => layer.Count)];
            first = [.. rows.Select(row => row[0].clone().MoveToOuterDisposeScope())];
            sums = [.. first.Select(value => zeros_like(value).MoveToOuterDisposeScope())];
            squares = [.. first.Select(value => zeros_like(value).MoveToOuterDisposeScope())];
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var deviations = rows[i].Minus(first[i]); // (count, examples, …)
            sums[i].Add(deviations.sum(dim: 0));
            squares[i].Add(deviations.mul_(deviations).sum(dim: 0));
        }

        samples += count;
    }

    /// <summary>The attributions made of the mean and the variance of each tensor.</summary>
    internal AttributionResult Result(Func<Tensor, Tensor, Tensor> combine)
    {
        using var n = ((double)samples).ToScalar();
        using var zero = 0.0.ToScalar();
        var attributions = new Tensor[first.Length];
        for (var i = 0; i < attributions.Length; i++)
        {
            var mean = sums[i].div(n);
            var variance = squares[i].div(n).Minus(mean.square()).clamp_min(zero);
            attributions[i] = combine(first[i].Plus(mean), variance);
        }

        return new(attributions, tensorsPerLayer);
    }

    private static Tensor BySample(Tensor attribution, int index, int examples, int count)
    {
        if (attribution.dim() == 0 || attribution.shape[0] != (long)examples * count)
        {
            throw new InvalidOperationException(
                $"Attribution {index} has shape ({Shapes.Text(attribution)}): its first dimension must be the {examples * count} rows of inputs.");
        }

        var exact = attribution.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? ScalarType.Float32 : attribution.dtype;
        return attribution.to_type(exact).view([count, examples, .. attribution.shape[1..]]);
    }
}
