namespace Vilt.Attribution;

/// <summary>Points and weights that approximate an integral over [0, 1]: ∫ f ≈ Σ <c>Weights[i]</c> · f(<c>Alphas[i]</c>).</summary>
/// <remarks>
/// The rules are captum's. Its trapezoid puts n points at i/(n − 1), but weighs them 1/n (1/2n at both ends), so that its
/// weights sum to (n − 1)/n and not to 1: attributions by it fall short by that factor.
/// </remarks>
public sealed class Quadrature
{
    private static readonly Dictionary<string, QuadratureMethod> Methods = new()
    {
        ["gausslegendre"] = QuadratureMethod.GaussLegendre,
        ["riemann_left"] = QuadratureMethod.RiemannLeft,
        ["riemann_right"] = QuadratureMethod.RiemannRight,
        ["riemann_middle"] = QuadratureMethod.RiemannMiddle,
        ["riemann_trapezoid"] = QuadratureMethod.RiemannTrapezoid,
    };

    private Quadrature(double[] alphas, double[] weights)
    {
        Alphas = alphas;
        Weights = weights;
    }

    /// <summary>captum's names of the methods.</summary>
    public static IReadOnlyCollection<string> MethodNames => Methods.Keys;

    /// <summary>Where the function is taken, ascending, within [0, 1].</summary>
    public IReadOnlyList<double> Alphas { get; }

    /// <summary>What each of <see cref="Alphas"/> weighs.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>The method that captum calls by this name, such as <c>riemann_middle</c>.</summary>
    /// <exception cref="ArgumentException">captum has no method of this name.</exception>
    public static QuadratureMethod Parse(string name) => Methods.TryGetValue(name, out var method)
        ? method
        : throw new ArgumentException($"'{name}' is not a quadrature method; there are {string.Join(", ", Methods.Keys)}.", nameof(name));

    /// <summary>The points and weights of a method.</summary>
    /// <param name="method">The rule.</param>
    /// <param name="nSteps">How many points: at least 1 for Gauss–Legendre and, as in captum, at least 2 for the others.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer points than that, or no such method.</exception>
    public static Quadrature Of(QuadratureMethod method, int nSteps)
    {
        var least = method == QuadratureMethod.GaussLegendre ? 1 : 2;
        if (nSteps < least)
        {
            throw new ArgumentOutOfRangeException(nameof(nSteps), nSteps, $"{method} needs at least {least} steps.");
        }

        double n = nSteps;
        return method switch
        {
            QuadratureMethod.GaussLegendre => GaussLegendre(nSteps),
            QuadratureMethod.RiemannLeft => Riemann(nSteps, i => i / n),
            QuadratureMethod.RiemannRight => Riemann(nSteps, i => (i + 1) / n),
            QuadratureMethod.RiemannMiddle => Riemann(nSteps, i => (i + 0.5) / n),
            QuadratureMethod.RiemannTrapezoid => Riemann(nSteps, i => i / (n - 1), endWeight: 0.5),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such quadrature method."),
        };
    }

    private static Quadrature Riemann(int n, Func<int, double> alpha, double endWeight = 1)
    {
        double[] weights = [.. Enumerable.Repeat(1.0 / n, n)];
        weights[0] *= endWeight;
        weights[^1] *= endWeight;
        return new Quadrature([.. Enumerable.Range(0, n).Select(alpha)], weights);
    }

    // The nodes are the roots of the Legendre polynomial Pn, the weights 2 / ((1 − x²) Pn'(x)²)
    // (Abramowitz and Stegun, 25.4.29); both are then moved from [−1, 1] to [0, 1].
    private static Quadrature GaussLegendre(int n)
    {
        double[] alphas = new double[n], weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            var x = -Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)); // near the i-th root
            double step;
            do
            {
                var (value, slope) = Legendre(n, x);
                step = value / slope;
                x -= step;
            }
            while (Math.Abs(step) > 1e-12); // Newton doubles the digits: a further step is rounding
            var derivative = Legendre(n, x).Derivative;
            alphas[i] = (1 + x) / 2;
            weights[i] = 1 / ((1 - x * x) * derivative * derivative);
        }

        return new Quadrature(alphas, weights);
    }

    // Bonnet's recursion: (k + 1) P(k+1) = (2k + 1) x P(k) − k P(k−1).
    private static (double Value, double Derivative) Legendre(int n, double x)
    {
        double previous = 1, value = x;
        for (var k = 1; k < n; k++)
        {
            (previous, value) = (value, ((2 * k + 1) * x * value - k * previous) / (k + 1));
        }

        return (value, n * (x * value - previous) / (x * x - 1));
    }
}
