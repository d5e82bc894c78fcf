namespace Vilt.Evaluation;

/// <summary>How well an attribution map, or the mean of several, stays on the pixels that decide an answer. 1 is best in each.</summary>
/// <param name="Pointing">
/// The pointing game (Zhang et al. 2016, https://arxiv.org/abs/1608.00507) by patch: 1 if the patch with the largest absolute sum of
/// attribution shows what decides, otherwise 0.
/// </param>
/// <param name="Inside">
/// The share of absolute attribution on the deciding pixels, 0 to 1: relevance mass accuracy (Arras et al. 2022,
/// https://arxiv.org/abs/2003.07258).
/// </param>
/// <param name="Rank">
/// Relevance rank accuracy (Arras et al. 2022): of the K pixels with the largest absolute attribution, the share that decides, where K is
/// as many as there are deciding pixels. Tied pixels each count by their chance of being among the K.
/// </param>
public readonly record struct Localization(double Pointing, double Inside, double Rank)
{
    /// <summary>The mean of several.</summary>
    /// <param name="several">One or more.</param>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public static Localization Mean(IReadOnlyCollection<Localization> several) =>
        new(several.Average(one => one.Pointing), several.Average(one => one.Inside), several.Average(one => one.Rank));
}
