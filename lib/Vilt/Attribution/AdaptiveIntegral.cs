using TorchSharp;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// Integrals along paths that are halved where they miss most, each part by a Gauss–Legendre rule. Attributions along a part sum to the
/// difference of the outputs at its ends (completeness, Sundararajan et al. 2017, holds on any straight line), so that what a part misses
/// is known and not, as in other adaptive quadrature, guessed from a second rule.
/// </summary>
internal sealed class AdaptiveIntegral(PathIntegral integral)
{
    /// <summary>Steps of the first parts.</summary>
    internal const int LeastSteps = FirstParts * PointsInPart;

    // Fewer of either would let a large delta be met by luck, and more would be wasted where the path is smooth.
    private const int FirstParts = 4, PointsInPart = 5;

    // The integrals of those that miss most are kept, to be taken off when their halves are there. The others would be computed again,
    // which is seldom needed, and so memory is bounded.
    private const int MostKept = 8;

    private static readonly Quadrature Rule = Quadrature.Of(QuadratureMethod.GaussLegendre, PointsInPart);

    private readonly Paths paths = integral.Paths;
    private readonly Tensor[] sums = [.. integral.Paths.Segments.Select(segment => torch.zeros_like(segment.Difference))];
    private readonly List<Part> parts = [];

    /// <summary>The integrals over the whole paths, for each segment in its shape.</summary>
    /// <param name="convergenceDelta">What the sum of an example's contributions may miss.</param>
    /// <param name="maxSteps">The most steps it takes, whether or not the delta is met.</param>
    internal Tensor[] Until(double convergenceDelta, int maxSteps)
    {
        double[] ends = [.. Enumerable.Range(0, FirstParts + 1).Select(i => (double)i / FirstParts)];
        Add(ends, [paths.OutputsAtStart, .. ends[1..^1].Select(OutputsAt), paths.OutputsAtEnd]);
        while (paths.LargestDelta(sums) > convergenceDelta && integral.Steps + 3 * PointsInPart <= maxSteps)
        {
            Halve(parts.MaxBy(part => part.Missing)!);
        }

        return sums;
    }

    private void Halve(Part part)
    {
        var middle = (part.From + part.To) / 2;
        TakeOff(part);
        Add([part.From, middle, part.To], [part.OutputsAtFrom, OutputsAt(middle), part.OutputsAtTo]);
    }

    private void TakeOff(Part part)
    {
        using var scope = torch.NewDisposeScope();
        parts.Remove(part);
        var integrals = part.Integrals ?? [.. Integrals([part.From, part.To]).Select(whole => whole.squeeze(0))];
        foreach (var (sum, whole) in sums.Zip(integrals))
        {
            sum.Subtract(whole);
        }

        part.Forget();
    }

    /// <summary>Computes parts that lie side by side.</summary>
    /// <param name="ends">Where each begins, and where the last one ends.</param>
    /// <param name="outputs">The outputs there, (examples) each.</param>
    private void Add(double[] ends, Tensor[] outputs)
    {
        using var scope = torch.NewDisposeScope();
        var integrals = Integrals(ends); // (parts, examples, …)
        for (var i = 0; i < ends.Length - 1; i++)
        {
            Tensor[] own = [.. integrals.Select(all => all[i].clone().MoveToOuterDisposeScope())]; // (examples, …)
            foreach (var (sum, one) in sums.Zip(own))
            {
                sum.Add(one);
            }

            var missing = paths.LargestDelta(own, outputs[i], outputs[i + 1]);
            parts.Add(new Part(ends[i], ends[i + 1], outputs[i], outputs[i + 1], missing) { Integrals = own });
        }

        foreach (var part in parts.Where(part => part.Integrals is not null).OrderByDescending(part => part.Missing).Skip(MostKept))
        {
            part.Forget();
        }
    }

    private Tensor[] Integrals(double[] ends)
    {
        var parts = ends.Length - 1;
        var alphas = new double[parts * PointsInPart];
        var weights = new double[parts, alphas.Length];
        for (var i = 0; i < alphas.Length; i++)
        {
            var (part, point) = Math.DivRem(i, PointsInPart);
            var width = ends[part + 1] - ends[part];
            alphas[i] = ends[part] + Rule.Alphas[point] * width;
            weights[part, i] = Rule.Weights[point] * width;
        }

        return integral.Over(alphas, weights);
    }

    private Tensor OutputsAt(double alpha)
    {
        using var scope = torch.NewDisposeScope();
        Tensor[] points = [.. paths.Segments.Select(segment => segment.Points([alpha]))]; // (examples, …)
        return paths.OutputsAt(points, 1).MoveToOuterDisposeScope();
    }

    /// <summary>A part of the paths.</summary>
    /// <param name="From">Where it begins, 0 to 1.</param>
    /// <param name="To">Where it ends.</param>
    /// <param name="OutputsAtFrom">(examples)</param>
    /// <param name="OutputsAtTo">(examples)</param>
    /// <param name="Missing">The largest amount, over the examples, by which its integrals miss the difference of outputs.</param>
    private sealed record Part(double From, double To, Tensor OutputsAtFrom, Tensor OutputsAtTo, double Missing)
    {
        /// <summary>For each segment, in its shape; null if they are no longer kept.</summary>
        internal Tensor[]? Integrals { get; set; }

        internal void Forget()
        {
            foreach (var own in Integrals ?? [])
            {
                own.Dispose();
            }

            Integrals = null;
        }
    }
}
