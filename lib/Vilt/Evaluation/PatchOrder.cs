using Vilt.Attribution;
using static TorchSharp.torch;

namespace Vilt.Evaluation;

/// <summary>The order in which patches of a picture are deleted or inserted. Patches are counted row by row.</summary>
public static class PatchOrder
{
    /// <summary>The sum of the attributions of each patch, over channels too.</summary>
    /// <param name="attributions">Of one picture, (1, channels, height, width).</param>
    /// <param name="patchSize">Side of a patch in pixels; those at the right and bottom edges may be cut.</param>
    /// <exception cref="ArgumentException">The attributions have another shape, or hold NaN.</exception>
    public static double[] Sums(Tensor attributions, int patchSize)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patchSize);
        if (attributions.dim() != 4 || attributions.shape[0] != 1)
        {
            throw new ArgumentException(
                $"The attributions have shape ({Shapes.Text(attributions)}); expected those of one picture, (1, channels, height, width).",
                nameof(attributions));
        }

        using var scope = NewDisposeScope();
        var pixels = attributions.detach().cpu().to_type(float64).sum(dim: 1)[0]; // (height, width)
        return Sums((double[,])pixels.data<double>().ToNDArray(), patchSize);
    }

    /// <summary>The same for attributions that have already been summed over channels.</summary>
    /// <param name="attributions">(rows, columns)</param>
    /// <param name="patchSize">Side of a patch in pixels; those at the right and bottom edges may be cut.</param>
    public static double[] Sums(double[,] attributions, int patchSize)
    {
        ArgumentNullException.ThrowIfNull(attributions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patchSize);
        int height = attributions.GetLength(0), width = attributions.GetLength(1), columns = Count(width, patchSize);
        var sums = new double[Count(height, patchSize) * columns];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                sums[row / patchSize * columns + column / patchSize] += attributions[row, column];
            }
        }

        return sums;
    }

    /// <summary>From the patch with the largest sum to the one with the smallest; tied patches keep their order.</summary>
    /// <exception cref="ArgumentException">A sum is NaN or infinite.</exception>
    public static int[] Falling(IReadOnlyList<double> sums)
    {
        ArgumentNullException.ThrowIfNull(sums);
        return !sums.All(double.IsFinite)
            ? throw new ArgumentException("A patch's sum is NaN or infinite, which has no place in an order.", nameof(sums))
            : [.. Enumerable.Range(0, sums.Count).OrderByDescending(patch => sums[patch])];
    }

    /// <summary>A random order, to compare others with.</summary>
    /// <param name="patches">How many patches there are.</param>
    /// <param name="seed">The same seed gives the same order.</param>
    public static int[] Random(int patches, long seed = 0)
    {
        int[] order = [.. Enumerable.Range(0, patches)];
        new Random(seed.GetHashCode()).Shuffle(order);
        return order;
    }

    /// <summary>How many patches there are along a side.</summary>
    internal static int Count(int side, int patchSize) => (int)(((long)side + patchSize - 1) / patchSize);
}
