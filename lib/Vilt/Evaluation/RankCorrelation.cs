using static TorchSharp.torch;

namespace Vilt.Evaluation;

/// <summary>
/// How far two attribution maps rank the same values first: Spearman's rank correlation, from −1 to 1. NaN if all values of a map are
/// equal, since it then has no order.
/// </summary>
/// <param name="WithSign">For the values as they are.</param>
/// <param name="Absolute">For their magnitudes, as in Adebayo et al. 2018, https://arxiv.org/abs/1810.03292.</param>
public readonly record struct RankCorrelation(double WithSign, double Absolute)
{
    /// <summary>For two maps of the same shape, whose values all count equally.</summary>
    /// <exception cref="ArgumentException">The maps differ in shape, have no values, or hold NaN.</exception>
    public static RankCorrelation Of(Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!first.shape.SequenceEqual(second.shape))
        {
            throw new ArgumentException(
                $"The maps are ({string.Join(", ", first.shape)}) and ({string.Join(", ", second.shape)}); their shapes must be the same.", nameof(second));
        }

        return OfValues(Values(first), Values(second));
    }

    /// <summary>For two maps of a picture, (rows, columns).</summary>
    /// <inheritdoc cref="Of(Tensor, Tensor)" path="/exception"/>
    public static RankCorrelation Of(double[,] first, double[,] second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int rows = first.GetLength(0), columns = first.GetLength(1);
        return (rows, columns) == (second.GetLength(0), second.GetLength(1))
            ? OfValues([.. first.Cast<double>()], [.. second.Cast<double>()])
            : throw new ArgumentException(
                $"The maps are {rows} × {columns} and {second.GetLength(0)} × {second.GetLength(1)}; their shapes must be the same.", nameof(second));
    }

    /// <summary>For two lists of values.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, have no values, or hold NaN.</exception>
    public static RankCorrelation OfValues(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        new(Spearman(first, second), Spearman([.. first.Select(Math.Abs)], [.. second.Select(Math.Abs)]));

    /// <summary>Pearson's correlation of the ranks; equal values share their mean rank.</summary>
    /// <exception cref="ArgumentException">The lists differ in length, have no values, or hold NaN.</exception>
    public static double Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count == 0)
        {
            throw new ArgumentException($"There are {first.Count} and {second.Count} values; expected the same number of each, and at least one.");
        }

        if (first.Concat(second).Any(double.IsNaN))
        {
            throw new ArgumentException("NaN has no rank.");
        }

        double[] ranks = Ranks(first), others = Ranks(second);
        var mean = (ranks.Length - 1) / 2.0;
        double together = 0, own = 0, other = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            together += (ranks[i] - mean) * (others[i] - mean);
            own += (ranks[i] - mean) * (ranks[i] - mean);
            other += (others[i] - mean) * (others[i] - mean);
        }

        return together / Math.Sqrt(own * other);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            foreach (var index in order.AsSpan(from, to - from))
            {
                ranks[index] = (from + to - 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }

    private static double[] Values(Tensor map)
    {
        using var scope = NewDisposeScope();
        return map.detach().cpu().to_type(float64).flatten().data<double>().ToArray();
    }
}
