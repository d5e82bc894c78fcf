using TorchSharp;
using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>
/// What Integrated Gradients on inputs and on layers have in common: the modes in which the model runs, and the integration along
/// the paths that the method lays.
/// </summary>
internal sealed class PathMethod(ForwardFunction forward, bool multiplyByInputs)
{
    // Of an adaptive attribution: with fewer intervals a small delta would often be luck.
    private const int FirstIntervals = 8;

    internal ForwardFunction Forward => forward;

    /// <summary>Attributes by a rule of fixed steps.</summary>
    internal IntegratedGradientsResult Attribute(
        Func<DisposeScope, Paths> lay, int stepsAtOnce, Quadrature quadrature, IProgress<AttributionProgress>? progress, CancellationToken cancellation) =>
        Run(lay, paths =>
        {
            PathIntegral integral = new(paths, stepsAtOnce, progress, cancellation);
            integral.Add(quadrature.Alphas, quadrature.Weights);
            return paths.Result(integral.Sums, integral.Steps, multiplyByInputs);
        });

    /// <summary>Attributes by a nested rule: each round halves the intervals and computes the points between those that it has.</summary>
    internal IntegratedGradientsResult AttributeUntil(
        double convergenceDelta, int maxSteps, Func<DisposeScope, Paths> lay, int stepsAtOnce,
        IProgress<AttributionProgress>? progress, CancellationToken cancellation)
    {
        if (!(convergenceDelta > 0))
            throw new ArgumentOutOfRangeException(nameof(convergenceDelta), convergenceDelta, "The convergence delta must be above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, FirstIntervals - 1);
        return Run(lay, paths =>
        {
            PathIntegral integral = new(paths, stepsAtOnce, progress, cancellation);
            (double[] alphas, double[] weights) = NestedQuadrature.Points(FirstIntervals);
            for (int intervals = FirstIntervals; ; intervals *= 2)
            {
                integral.Add(alphas, weights);
                Tensor[] integrals = Scaled(integral.Sums, 1.0 / intervals);
                if (paths.LargestDelta(integrals) <= convergenceDelta || 2 * intervals - 1 > maxSteps)
                    return paths.Result(integrals, integral.Steps, multiplyByInputs);
                foreach (Tensor estimate in integrals) estimate.Dispose();
                (alphas, weights) = NestedQuadrature.PointsBetween(intervals);
            }
        });
    }

    private IntegratedGradientsResult Run(Func<DisposeScope, Paths> lay, Func<Paths, IntegratedGradientsResult> integrate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable frozen = forward.FreezeParameters();
        using IDisposable noGradients = torch.no_grad();
        return integrate(lay(scope));
    }

    private static Tensor[] Scaled(Tensor[] sums, double factor)
    {
        using Scalar scale = factor.ToScalar();
        return [.. sums.Select(sum => sum.mul(scale))];
    }
}
