using TorchSharp;

namespace Vilt.Attribution;

/// <summary>
/// What Integrated Gradients on inputs and on layers have in common: the modes in which the model runs, and the integration along
/// the paths that the method lays.
/// </summary>
internal sealed class PathMethod(ForwardFunction forward, bool multiplyByInputs)
{
    internal ForwardFunction Forward => forward;

    /// <summary>Attributes by a rule of fixed steps.</summary>
    internal IntegratedGradientsResult Attribute(
        Func<DisposeScope, Paths> lay, int stepsAtOnce, Quadrature quadrature, IProgress<AttributionProgress>? progress, CancellationToken cancellation) =>
        Run(lay, paths =>
        {
            var integral = new PathIntegral(paths, stepsAtOnce, progress, cancellation);
            return paths.Result(integral.Over(quadrature.Alphas, quadrature.Weights), integral.Steps, multiplyByInputs);
        });

    /// <summary>Attributes by halving the parts of the path that miss most.</summary>
    internal IntegratedGradientsResult AttributeUntil(
        double convergenceDelta, int maxSteps, Func<DisposeScope, Paths> lay, int stepsAtOnce,
        IProgress<AttributionProgress>? progress, CancellationToken cancellation)
    {
        if (!(convergenceDelta > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(convergenceDelta), convergenceDelta, "The convergence delta must be above 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, AdaptiveIntegral.LeastSteps);
        return Run(lay, paths =>
        {
            var integral = new PathIntegral(paths, stepsAtOnce, progress, cancellation);
            var adaptive = new AdaptiveIntegral(paths, integral);
            return paths.Result(adaptive.Until(convergenceDelta, maxSteps), integral.Steps, multiplyByInputs);
        });
    }

    private IntegratedGradientsResult Run(Func<DisposeScope, Paths> lay, Func<Paths, IntegratedGradientsResult> integrate)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = forward.FreezeParameters();
        using var noGradients = torch.no_grad();
        return integrate(lay(scope));
    }
}
