namespace Vilt.Evaluation;

/// <summary>
/// The pixels that decide an answer, at the size at which the model sees the picture: what an attribution map is judged by.
/// </summary>
public sealed class DecidingPixels
{
    private const double LeastOfPatch = 0.1, Rounding = 1e-9;

    private readonly double[,] coverage; // (rows, columns), the deciding share of each pixel
    private readonly bool[,] patches; // (patch rows, patch columns), whether the patch shows enough of what decides
    private readonly int patchSize;
    private readonly RelevanceRank rank;

    /// <summary>
    /// Resizes a mask by area: a pixel of the resized picture counts by the share of it that the mask covers. A patch shows what
    /// decides if the mask covers a tenth of the patch or more.
    /// </summary>
    /// <param name="mask">The deciding pixels of the original picture, (rows, columns).</param>
    /// <param name="height">Rows of the resized picture, a multiple of the patch size.</param>
    /// <param name="width">Columns of the resized picture, a multiple of the patch size.</param>
    /// <param name="patchSize">Side of the model's patches in pixels.</param>
    /// <exception cref="ArgumentException">The mask is empty, or patches don't fill the picture.</exception>
    public DecidingPixels(bool[,] mask, int height, int width, int patchSize)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patchSize);
        if (mask.Length == 0)
        {
            throw new ArgumentException("The mask has no pixels.", nameof(mask));
        }

        if (height < 1 || width < 1 || height % patchSize != 0 || width % patchSize != 0)
        {
            throw new ArgumentException($"A picture of {height} × {width} can't be divided into patches of {patchSize} × {patchSize}.", nameof(patchSize));
        }

        this.patchSize = patchSize;
        coverage = Resized(mask, height, width);
        var sums = PatchSums(coverage);
        patches = new bool[sums.GetLength(0), sums.GetLength(1)];
        foreach (var (row, column) in Cells(sums))
        {
            patches[row, column] = sums[row, column] >= LeastOfPatch * patchSize * patchSize - Rounding;
        }

        Area = coverage.Cast<double>().Average();
        rank = new([.. coverage.Cast<double>()]);
    }

    /// <summary>The deciding share of each pixel of the resized picture, (rows, columns), 0 to 1.</summary>
    public double[,] Coverage => (double[,])coverage.Clone();

    /// <summary>The share of the picture that decides, 0 to 1.</summary>
    public double Area { get; }

    /// <summary>The expected score of a random map: every patch is as likely as every other, and so is every pixel.</summary>
    public Localization Chance => new(patches.Cast<bool>().Average(shows => shows ? 1 : 0), Area, rank.Chance);

    /// <summary>Judges a map. One that is 0 everywhere points nowhere: it gets 0 in every measure.</summary>
    /// <param name="attributions">Summed over color channels, (rows, columns) of the resized picture.</param>
    /// <exception cref="ArgumentException">The map has another size, or holds NaN or infinity.</exception>
    public Localization Judge(double[,] attributions)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        if (attributions.GetLength(0) != coverage.GetLength(0) || attributions.GetLength(1) != coverage.GetLength(1))
        {
            throw new ArgumentException($"The map is {attributions.GetLength(0)} × {attributions.GetLength(1)}, but the resized picture "
                + $"{coverage.GetLength(0)} × {coverage.GetLength(1)}.", nameof(attributions));
        }

        double inside = 0, total = 0;
        foreach (var (row, column) in Cells(attributions))
        {
            var magnitude = Math.Abs(attributions[row, column]);
            total += magnitude;
            inside += magnitude * coverage[row, column];
        }

        if (!double.IsFinite(total))
        {
            throw new ArgumentException("The map holds NaN or infinity.", nameof(attributions));
        }

        if (total == 0)
        {
            return default;
        }

        var sums = PatchSums(attributions);
        var largest = Cells(sums).MaxBy(patch => Math.Abs(sums[patch.Row, patch.Column]));
        var hit = patches[largest.Row, largest.Column] ? 1 : 0;
        return new(hit, inside / total, rank.Of([.. attributions.Cast<double>().Select(Math.Abs)]));
    }

    private static double[,] Resized(bool[,] mask, int height, int width)
    {
        var rows = new double[height, mask.GetLength(1)];
        foreach (var (from, to, share) in Overlaps(mask.GetLength(0), height))
        {
            for (var column = 0; column < rows.GetLength(1); column++)
            {
                if (mask[from, column])
                {
                    rows[to, column] += share;
                }
            }
        }

        var resized = new double[height, width];
        foreach (var (from, to, share) in Overlaps(mask.GetLength(1), width))
        {
            for (var row = 0; row < height; row++)
            {
                resized[row, to] += share * rows[row, from];
            }
        }

        return resized;
    }

    // One length, cut into `from` and into `to` equal parts: which share of part `To` lies in part `From`. Lengths are in 1 / (from · to).
    private static IEnumerable<(int From, int To, double Share)> Overlaps(int from, int to)
    {
        for (var t = 0; t < to; t++)
        {
            var (start, end) = ((long)t * from, (t + 1L) * from);
            for (var f = start / to; f * to < end; f++)
            {
                yield return ((int)f, t, (Math.Min((f + 1) * to, end) - Math.Max(f * to, start)) / (double)from);
            }
        }
    }

    private double[,] PatchSums(double[,] values)
    {
        var sums = new double[values.GetLength(0) / patchSize, values.GetLength(1) / patchSize];
        foreach (var (row, column) in Cells(values))
        {
            sums[row / patchSize, column / patchSize] += values[row, column];
        }

        return sums;
    }

    private static IEnumerable<(int Row, int Column)> Cells(double[,] values) =>
        from row in Enumerable.Range(0, values.GetLength(0))
        from column in Enumerable.Range(0, values.GetLength(1))
        select (row, column);
}
