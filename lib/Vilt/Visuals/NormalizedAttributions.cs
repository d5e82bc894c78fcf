namespace Vilt.Visuals;

/// <summary>Attributions of a picture, scaled for a heat map by <see cref="AttributionNormalization.Normalize"/>.</summary>
/// <param name="Values">(rows, columns); −1…1 for <see cref="AttributionSign.All"/>, otherwise 0…1.</param>
/// <param name="Sign">Which attributions were kept.</param>
/// <param name="Threshold">What the attributions were divided by: outliers are beyond it.</param>
/// <param name="Warning">Why the heat map may mislead, or null.</param>
public sealed record NormalizedAttributions(double[,] Values, AttributionSign Sign, double Threshold, string? Warning)
{
    internal bool IsSigned => Sign == AttributionSign.All;

    /// <summary>The rows and columns between which the middle half of all magnitude lies, as text.</summary>
    internal string Middle => $"rows {Half(cell => cell.Row, Values.GetLength(0))} and columns {Half(cell => cell.Column, Values.GetLength(1))}";

    private string Half(Func<(int Row, int Column), int> line, int count)
    {
        var sums = new double[count];
        foreach (var cell in AttributionNormalization.Cells(Values))
        {
            sums[line(cell)] += Math.Abs(Values[cell.Row, cell.Column]);
        }

        return $"{Quantile(sums, 0.25)} to {Quantile(sums, 0.75)}";
    }

    private static int Quantile(double[] weights, double share)
    {
        var rest = share * weights.Sum();
        var i = 0;
        while (i < weights.Length - 1 && (rest -= weights[i]) > 0)
        {
            i++;
        }

        return i;
    }
}
