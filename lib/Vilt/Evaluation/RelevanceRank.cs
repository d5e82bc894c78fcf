namespace Vilt.Evaluation;

/// <summary>Relevance rank accuracy (Arras et al. 2022, https://arxiv.org/abs/2003.07258), for pixels that decide in part.</summary>
internal sealed class RelevanceRank
{
    private readonly double[] coverage;
    private readonly int count; // K
    private readonly double most; // what the best K pixels cover

    /// <param name="coverage">The deciding share of each pixel.</param>
    internal RelevanceRank(double[] coverage)
    {
        this.coverage = coverage;
        var area = coverage.Sum();
        count = area > 0 ? Math.Max(1, (int)Math.Round(area)) : 0;
        most = coverage.OrderDescending().Take(count).Sum();
    }

    /// <summary>The expected score of a random map.</summary>
    internal double Chance => count == 0 ? 0 : count * coverage.Average() / most;

    /// <summary>The share of what K pixels can cover that the K with the largest magnitude do cover.</summary>
    /// <param name="magnitudes">Of each pixel.</param>
    internal double Of(double[] magnitudes)
    {
        if (count == 0)
        {
            return 0;
        }

        int[] order = [.. Enumerable.Range(0, magnitudes.Length)];
        Array.Sort([.. magnitudes.Select(magnitude => -magnitude)], order);
        var covered = 0.0;
        for (var from = 0; from < count;)
        {
            var to = from;
            var ofTies = 0.0;
            while (to < order.Length && magnitudes[order[to]] == magnitudes[order[from]])
            {
                ofTies += coverage[order[to++]];
            }

            covered += ofTies * Math.Min(1, (count - from) / (double)(to - from));
            from = to;
        }

        return covered / most;
    }
}
