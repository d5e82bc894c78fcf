using Vilt.Attribution;

namespace Vilt.Tests.Attribution;

public class NestedQuadratureTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void A_rule_and_the_points_between_make_the_rule_of_twice_the_intervals(int intervals)
    {
        (double[] alphas, double[] weights) = NestedQuadrature.Points(intervals);
        (double[] between, double[] betweenWeights) = NestedQuadrature.PointsBetween(intervals);
        (double[] finer, double[] finerWeights) = NestedQuadrature.Points(2 * intervals);
        Assert.Equal(finer, alphas.Concat(between).Order(), (a, b) => Math.Abs(a - b) < 1e-14);
        Assert.Equal(finerWeights.Order(), weights.Concat(betweenWeights).Order(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void The_error_falls_with_the_sixth_power_of_the_intervals()
    {
        double coarse = Math.Abs(Integral(8, Math.Exp) - (Math.E - 1)), fine = Math.Abs(Integral(16, Math.Exp) - (Math.E - 1));
        Assert.InRange(coarse / fine, 50, 80); // 2⁶ = 64
        Assert.InRange(fine, 0, 1e-7);
    }

    [Fact]
    public void A_constant_is_integrated_exactly() => Assert.Equal(3, Integral(8, _ => 3), 1e-13);

    private static double Integral(int intervals, Func<double, double> function)
    {
        (double[] alphas, double[] weights) = NestedQuadrature.Points(intervals);
        return alphas.Zip(weights, (alpha, weight) => weight * function(alpha)).Sum() / intervals;
    }
}
