using TorchSharp;
using Vilt.Evaluation;

namespace Vilt.Tests.Evaluation;

public class RankCorrelationTests
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 10, 200, 3000, 40000 }, 1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 4, 3, 2, 1 }, -1)]
    [InlineData(new double[] { 106, 100, 86, 101, 99, 103, 97, 113, 112, 110 }, new double[] { 7, 27, 2, 50, 28, 29, 20, 12, 6, 17 }, -29.0 / 165)]
    [InlineData(new double[] { 1, 1, 2, 3 }, new double[] { 1, 2, 2, 3 }, 3.75 / 4.5)] // ranks 0.5, 0.5, 2, 3 and 0, 1.5, 1.5, 3
    public void Spearmans_is_Pearsons_of_the_ranks(double[] first, double[] second, double expected)
    {
        Assert.Equal(expected, RankCorrelation.Spearman(first, second), 1e-12);
        Assert.Equal(expected, RankCorrelation.Spearman(second, first), 1e-12);
    }

    [Fact]
    public void Signs_count_in_one_and_not_in_the_other()
    {
        var correlation = RankCorrelation.OfValues([1, -2, 3, -4], [-1, 2, -3, 4]);
        Assert.Equal(-1, correlation.WithSign, 1e-12);
        Assert.Equal(1, correlation.Absolute, 1e-12);
    }

    [Fact]
    public void Maps_of_any_shape_are_compared_and_a_constant_one_has_no_order()
    {
        using var scope = torch.NewDisposeScope();
        var map = torch.randn(2, 3, 4);
        Assert.Equal(new RankCorrelation(1, 1), RankCorrelation.Of(map, map * 2));
        Assert.True(double.IsNaN(RankCorrelation.Of(map, torch.ones(2, 3, 4)).WithSign));
        Assert.InRange(RankCorrelation.Of(torch.randn(100, 100), torch.randn(100, 100)).WithSign, -0.05, 0.05);
        double[,] rows = { { 1, -2, 3 }, { 4, 5, -6 } }, others = { { 2, 0, 4 }, { -9, 5, 1 } };
        Assert.Equal(RankCorrelation.Of(torch.tensor(rows), torch.tensor(others)), RankCorrelation.Of(rows, others));
    }

    [Fact]
    public void Maps_that_can_not_be_compared_are_refused()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains("(2)", Assert.Throws<ArgumentException>(() => RankCorrelation.Of(torch.ones(2), torch.ones(3))).Message);
        Assert.Contains("2 × 3 and 3 × 2", Assert.Throws<ArgumentException>(() => RankCorrelation.Of(new double[2, 3], new double[3, 2])).Message);
        Assert.Throws<ArgumentException>(() => RankCorrelation.OfValues([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RankCorrelation.OfValues([], []));
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => RankCorrelation.OfValues([1, double.NaN], [1, 2])).Message);
    }
}
