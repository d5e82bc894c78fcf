namespace Vilt.Attribution;

/// <summary>
/// Points of a quadrature over [0, 1] that are all among those of the rule with twice the intervals: ∫ f ≈ 1/n · Σ weight · f(α).
/// </summary>
/// <remarks>
/// The trapezoidal rule after Sidi's sin² transformation (A. Sidi, "A new variable transformation for numerical integration",
/// 1993): α = t − sin(2πt)/2π crowds the points at both ends, where the path's ends themselves weigh nothing, and the error falls
/// with n⁻⁶ for smooth f. A weight does not depend on n, so one sum serves all n.
/// </remarks>
internal static class NestedQuadrature
{
    /// <summary>All points of a rule of n intervals: n − 1.</summary>
    internal static (double[] Alphas, double[] Weights) Points(int intervals) => At(Enumerable.Range(1, intervals - 1), intervals);

    /// <summary>The points that a rule of 2n intervals adds: n.</summary>
    internal static (double[] Alphas, double[] Weights) PointsBetween(int intervals) =>
        At(Enumerable.Range(0, intervals).Select(i => 2 * i + 1), 2 * intervals);

    private static (double[] Alphas, double[] Weights) At(IEnumerable<int> places, int intervals)
    {
        double[] t = [.. places.Select(place => (double)place / intervals)];
        return ([.. t.Select(x => x - Math.Sin(2 * Math.PI * x) / (2 * Math.PI))], [.. t.Select(x => 1 - Math.Cos(2 * Math.PI * x))]);
    }
}
