using System.Numerics;

namespace Vilt.Visuals;

/// <summary>Scales attributions for display. Rules: captum's <c>_normalize_attr</c> for pictures, the L2 norm for words.</summary>
public static class AttributionNormalization
{
    // captum warns below this: dividing by almost nothing turns rounding noise into a picture.
    private const double SmallestSafeThreshold = 1e-5;

    /// <summary>Sums a picture's attributions over its color channels, as a heat map shows them.</summary>
    /// <param name="attributions">(channels, rows, columns)</param>
    /// <returns>(rows, columns)</returns>
    public static double[,] SumOverChannels<T>(T[,,] attributions) where T : IFloatingPoint<T>
    {
        ArgumentNullException.ThrowIfNull(attributions);
        var sums = new double[attributions.GetLength(1), attributions.GetLength(2)];
        for (var channel = 0; channel < attributions.GetLength(0); channel++)
        {
            for (var row = 0; row < sums.GetLength(0); row++)
            {
                for (var column = 0; column < sums.GetLength(1); column++)
                {
                    sums[row, column] += double.CreateChecked(attributions[channel, row, column]);
                }
            }
        }

        return sums;
    }

    /// <summary>
    /// Scales a picture's attributions to the range of a color map. The scale is the magnitude at which the sorted,
    /// cumulated magnitudes first reach (100 − <paramref name="outlierPercentage"/>) % of their total; what is beyond that is clipped.
    /// </summary>
    /// <param name="attributions">(rows, columns), summed over channels.</param>
    /// <param name="sign">Which attributions to show.</param>
    /// <param name="outlierPercentage">Share of the total magnitude that may lie beyond the scale, 0…100.</param>
    /// <exception cref="ArgumentException">The array is empty or holds NaN or infinity, or its scale is zero.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The percentage is not within 0…100.</exception>
    public static NormalizedAttributions Normalize<T>(
        T[,] attributions, AttributionSign sign = AttributionSign.AbsoluteValue, double outlierPercentage = 2) where T : IFloatingPoint<T>
    {
        ArgumentNullException.ThrowIfNull(attributions);
        if (!(outlierPercentage is >= 0 and <= 100))
        {
            throw new ArgumentOutOfRangeException(
                nameof(outlierPercentage), outlierPercentage, "The outlier percentage must be within 0 to 100.");
        }

        var values = Select(attributions, sign);
        var threshold = Threshold(values, 100 - outlierPercentage);
        if (threshold == 0)
        {
            throw new ArgumentException(
                $"The attributions can't be scaled for a heat map: all those shown for {sign} are 0. " +
                "Check that the layer is on the path and that input and baseline differ.", nameof(attributions));
        }

        var scale = sign == AttributionSign.Negative ? -threshold : threshold;
        foreach (var (row, column) in Cells(values))
        {
            values[row, column] = Math.Clamp(values[row, column] / scale, -1, 1);
        }

        var warning = threshold < SmallestSafeThreshold
            ? $"The attributions are all close to 0 (scaled by {threshold:g2}): the heat map may show rounding noise."
            : null;
        return new NormalizedAttributions(values, sign, threshold, warning);
    }

    /// <summary>Divides the words' attributions by their L2 norm. All zeros stay zeros: no word matters.</summary>
    /// <param name="attributions">One for each token, summed over the embedding.</param>
    /// <exception cref="ArgumentException">An attribution is NaN or infinite.</exception>
    public static double[] NormalizeWords<T>(IReadOnlyList<T> attributions) where T : IFloatingPoint<T>
    {
        ArgumentNullException.ThrowIfNull(attributions);
        double[] values = [.. attributions.Select(double.CreateChecked)];
        var bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"The attribution of token {bad} is {values[bad]}, not a number to show.", nameof(attributions));
        }

        var norm = Math.Sqrt(values.Sum(value => value * value));
        return norm == 0 ? values : [.. values.Select(value => value / norm)];
    }

    private static double[,] Select<T>(T[,] attributions, AttributionSign sign) where T : IFloatingPoint<T>
    {
        var values = new double[attributions.GetLength(0), attributions.GetLength(1)];
        if (values.Length == 0)
        {
            throw new ArgumentException("The attributions are empty: a heat map needs a row and a column.", nameof(attributions));
        }

        foreach (var (row, column) in Cells(values))
        {
            var value = double.CreateChecked(attributions[row, column]);
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(
                    $"The attribution at row {row}, column {column} is {value}, not a number to show.", nameof(attributions));
            }

            values[row, column] = sign switch
            {
                AttributionSign.All => value,
                AttributionSign.Positive => Math.Max(value, 0),
                AttributionSign.Negative => Math.Min(value, 0),
                AttributionSign.AbsoluteValue => Math.Abs(value),
                _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, "There is no such sign of attributions."),
            };
        }

        return values;
    }

    private static double Threshold(double[,] values, double percentile)
    {
        double[] magnitudes = [.. values.Cast<double>().Select(Math.Abs).Order()];
        var total = magnitudes.Sum();
        var enough = total * 0.01 * percentile;
        double cumulated = 0;
        foreach (var magnitude in magnitudes)
        {
            cumulated += magnitude;
            if (cumulated >= enough)
            {
                return magnitude;
            }
        }

        return magnitudes[^1];
    }

    internal static IEnumerable<(int Row, int Column)> Cells(double[,] values)
    {
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var column = 0; column < values.GetLength(1); column++)
            {
                yield return (row, column);
            }
        }
    }
}
