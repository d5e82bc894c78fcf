using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>Where the steps of a path from baseline to input are, and how many.</summary>
public abstract class PathSteps
{
    private protected PathSteps()
    {
    }

    /// <summary>A fixed number, by a quadrature rule.</summary>
    /// <param name="nSteps">How many.</param>
    /// <param name="method">Where they are and what they weigh.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than the rule needs, or no such rule.</exception>
    public static PathSteps Fixed(int nSteps = 50, QuadratureMethod method = QuadratureMethod.GaussLegendre)
    {
        var rule = Quadrature.Of(method, nSteps);
        return new FixedSteps(rule.Alphas, rule.Weights);
    }

    /// <summary>
    /// Steps of your own. Attributions are linear in the weights: those of several parts of a rule sum to those of the rule, so that a
    /// long computation can be done in parts and seen in between.
    /// </summary>
    /// <param name="alphas">Where they are, 0 for the baseline and 1 for the input; one or more.</param>
    /// <param name="weights">What each of them weighs.</param>
    /// <exception cref="ArgumentException">There is none, there are not as many weights, or one is outside 0 to 1.</exception>
    public static PathSteps At(IReadOnlyList<double> alphas, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(alphas);
        ArgumentNullException.ThrowIfNull(weights);
        if (alphas.Count == 0 || alphas.Count != weights.Count || alphas.Any(alpha => alpha is not (>= 0 and <= 1)))
        {
            throw new ArgumentException(
                $"There are {alphas.Count} steps and {weights.Count} weights; expected one or more steps within 0 to 1, and a weight for each.", nameof(alphas));
        }

        return new FixedSteps(alphas, weights);
    }

    /// <summary>
    /// As many as a convergence delta takes. They crowd where the gradient changes fast: attributions along any part of the path sum to
    /// the difference of the outputs at its ends, so what each part misses is known, and the part that misses most is halved until the
    /// whole meets the delta. Each halving takes ten steps and one forward pass, and the other parts stay as they are.
    /// </summary>
    /// <param name="convergenceDelta">
    /// How far the sum of an example's attributions may be from F(input) − F(baseline), in units of the output; above 0.
    /// </param>
    /// <param name="maxSteps">
    /// The most steps it takes, at least 20. If the delta is not met by then, the result's own delta shows it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A delta that is not above 0, or fewer steps.</exception>
    public static PathSteps Until(double convergenceDelta, int maxSteps = 1023)
    {
        if (!(convergenceDelta > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(convergenceDelta), convergenceDelta, "The convergence delta must be above 0.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxSteps, AdaptiveIntegral.LeastSteps);
        return new AdaptiveSteps(convergenceDelta, maxSteps);
    }

    /// <summary>The integrals of the gradient over the whole paths, for each segment in its shape.</summary>
    internal abstract Tensor[] Integrate(PathIntegral integral);

    private sealed class FixedSteps(IReadOnlyList<double> alphas, IReadOnlyList<double> weights) : PathSteps
    {
        internal override Tensor[] Integrate(PathIntegral integral) => integral.Over(alphas, weights);
    }

    private sealed class AdaptiveSteps(double convergenceDelta, int maxSteps) : PathSteps
    {
        internal override Tensor[] Integrate(PathIntegral integral) =>
            new AdaptiveIntegral(integral).Until(convergenceDelta, maxSteps);
    }
}
