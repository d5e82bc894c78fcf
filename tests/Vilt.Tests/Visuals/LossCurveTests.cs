using SkiaSharp;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class LossCurveTests
{
    [Fact]
    public void Means_each_epoch_and_an_unfinished_one_too()
    {
        var curve = new LossCurve([4, 2, 3, 1, 5], stepsPerEpoch: 2);
        Assert.Equal([(1.0, 3.0), (3.0, 2.0), (5.0, 5.0)], curve.EpochMeans.Select(mean => (Math.Floor(mean.Step), mean.Loss)));
    }

    [Fact]
    public void Puts_a_mean_in_the_middle_of_its_epoch() =>
        Assert.Equal([2, 5], new LossCurve([1, 1, 1, 1, 1, 1], stepsPerEpoch: 3).EpochMeans.Select(mean => mean.Step));

    [Fact]
    public void Gives_plotly_every_loss_and_a_gap_where_it_is_not_finite()
    {
        var trace = new LossCurve([3, double.NaN, double.PositiveInfinity, 1]).Json()["data"]!.AsArray().Single()!;
        Assert.Equal("[3,null,null,1]", trace["y"]!.ToJsonString());
        Assert.Equal("[1,2,3,4]", trace["x"]!.ToJsonString());
    }

    [Theory]
    [InlineData(1, "linear")]
    [InlineData(1000, "log")]
    public void Takes_a_logarithmic_axis_for_a_loss_that_falls_a_hundredfold(double first, string expected) =>
        Assert.Equal(expected, (string?)new LossCurve([first, 1]).Json()["layout"]!["yaxis"]!["type"]);

    [Theory]
    [InlineData(new double[] { 3 })]
    [InlineData(new double[] { 0, 0 })]
    [InlineData(new double[] { double.NaN })]
    [InlineData(new[] { 1e300, 1e-300 })]
    [InlineData(new double[] { 5, 4, 3, 2 })]
    public void Draws_any_losses(double[] losses)
    {
        using var png = SKBitmap.Decode(new LossCurve(losses, 1).ToPng());
        Assert.Equal((720, 380), (png.Width, png.Height));
        Assert.NotNull(new LossCurve(losses, 1).Json());
    }

    [Fact]
    public void Says_first_and_last_loss_in_one_line() =>
        Assert.Equal("Training loss over 2 steps: 4 at first, 2 at last, mean of the last epoch 3", new LossCurve([4, 2], 2).ToString());

    [Fact]
    public void Refuses_no_losses_and_a_negative_epoch()
    {
        Assert.Throws<ArgumentException>(() => new LossCurve([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossCurve([1], -1));
    }
}
