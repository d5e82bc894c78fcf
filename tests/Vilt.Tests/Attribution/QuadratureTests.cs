using Vilt.Attribution;

namespace Vilt.Tests.Attribution;

public class QuadratureTests
{
    [Theory]
    [InlineData(QuadratureMethod.RiemannLeft, 4, new[] { 0, 0.25, 0.5, 0.75 }, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(QuadratureMethod.RiemannRight, 4, new[] { 0.25, 0.5, 0.75, 1 }, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(QuadratureMethod.RiemannMiddle, 4, new[] { 0.125, 0.375, 0.625, 0.875 }, new[] { 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(QuadratureMethod.RiemannTrapezoid, 5, new[] { 0, 0.25, 0.5, 0.75, 1 }, new[] { 0.1, 0.2, 0.2, 0.2, 0.1 })]
    [InlineData(QuadratureMethod.GaussLegendre, 1, new[] { 0.5 }, new[] { 1.0 })]
    [InlineData(QuadratureMethod.GaussLegendre, 2, new[] { 0.21132486540518712, 0.7886751345948129 }, new[] { 0.5, 0.5 })]
    [InlineData(
        QuadratureMethod.GaussLegendre, 3, new[] { 0.1127016653792583, 0.5, 0.8872983346207417 },
        new[] { 0.27777777777777778, 0.44444444444444444, 0.27777777777777778 })]
    public void Points_and_weights_are_those_of_the_rule(QuadratureMethod method, int nSteps, double[] alphas, double[] weights)
    {
        var quadrature = Quadrature.Of(method, nSteps);
        Assert.Equal(alphas, quadrature.Alphas, (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(weights, quadrature.Weights, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(333)]
    public void Gauss_Legendre_integrates_polynomials_up_to_its_degree_exactly(int nSteps)
    {
        var quadrature = Quadrature.Of(QuadratureMethod.GaussLegendre, nSteps);
        foreach (var power in new[] { 0, 1, nSteps, 2 * nSteps - 1 })
        {
            var integral = quadrature.Alphas.Zip(quadrature.Weights, (alpha, weight) => weight * Math.Pow(alpha, power)).Sum();
            Assert.Equal(1.0 / (power + 1), integral, 1e-13);
        }

        Assert.Equal(quadrature.Alphas.Order(), quadrature.Alphas);
    }

    [Fact]
    public void Weights_sum_to_one_but_for_the_trapezoid_whose_sum_is_captums()
    {
        foreach (var method in Enum.GetValues<QuadratureMethod>())
        {
            var sum = method == QuadratureMethod.RiemannTrapezoid ? 6.0 / 7 : 1;
            Assert.Equal(sum, Quadrature.Of(method, 7).Weights.Sum(), 1e-14);
        }
    }

    [Fact]
    public void Names_are_captums_and_cover_every_method()
    {
        Assert.Equal(Enum.GetValues<QuadratureMethod>(), Quadrature.MethodNames.Select(Quadrature.Parse).Order());
        Assert.Equal(QuadratureMethod.RiemannMiddle, Quadrature.Parse("riemann_middle"));
        Assert.Contains("gausslegendre", Assert.Throws<ArgumentException>(() => Quadrature.Parse("simpson")).Message);
    }

    [Fact]
    public void Too_few_steps_are_refused()
    {
        foreach (var method in Enum.GetValues<QuadratureMethod>())
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Quadrature.Of(method, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => Quadrature.Of(method, -3));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Quadrature.Of(QuadratureMethod.RiemannTrapezoid, 1));
    }
}
