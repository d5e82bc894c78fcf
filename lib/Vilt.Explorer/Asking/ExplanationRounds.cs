using Vilt.Attribution;

namespace Vilt.Explorer.Asking;

/// <summary>
/// The steps of a path in rounds: each round takes steps from all of the path, so that the first gives a coarse map already, and others
/// may have their turn in between. All of them together are the steps of Gauss–Legendre that <c>vilt attribute</c> takes.
/// </summary>
internal static class ExplanationRounds
{
    private const int StepsInRound = 5;

    /// <summary>The rounds of a number of steps.</summary>
    public static IReadOnlyList<(PathSteps Steps, double Weight)> Of(int steps)
    {
        var rule = Quadrature.Of(QuadratureMethod.GaussLegendre, steps);
        var rounds = (steps + StepsInRound - 1) / StepsInRound;
        return [.. Enumerable.Range(0, rounds).OrderBy(offset => Math.Abs(2 * offset - rounds + 1)).Select(Round)]; // the middle one first

        (PathSteps, double) Round(int offset)
        {
            int[] places = [.. Enumerable.Range(0, steps).Where(step => step % rounds == offset)];
            double[] weights = [.. places.Select(place => rule.Weights[place])];
            return (PathSteps.At([.. places.Select(place => rule.Alphas[place])], weights), weights.Sum());
        }
    }
}
