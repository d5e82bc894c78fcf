using SkiaSharp;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class AnswerChartTests
{
    [Fact]
    public void Gives_plotly_a_bar_for_each_answer_even_for_equal_ones()
    {
        var json = new AnswerChart(("cat", 0.75), ("cat", 0.5), ("<b>&", 0)).Json();
        Assert.Equal("[0.75,0.5,0]", json["data"]![0]!["x"]!.ToJsonString());
        Assert.Equal(["cat", "cat", "&lt;b&gt;&amp;"], json["layout"]!["yaxis"]!["ticktext"]!.AsArray().Select(text => (string?)text));
    }

    [Fact]
    public void Draws_bars_as_long_as_the_probabilities()
    {
        using var png = SKBitmap.Decode(new AnswerChart(("yes", 0.8), ("no", 0.2)).ToPng());
        Assert.InRange(LengthOfBarAt(61) / LengthOfBarAt(95), 3.9, 4.1);

        double LengthOfBarAt(int y) => Enumerable.Range(0, png.Width).Count(x => png.GetPixel(x, y) == SKColor.Parse("#3b7ea8"));
    }

    [Fact]
    public void Writes_an_answer_a_line() =>
        Assert.Equal("0.750  cat\n0.001  dog", new AnswerChart(("cat", 0.75), ("dog", 0.001)).ToString());

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Refuses_what_is_no_probability(double probability) =>
        Assert.Contains("\"cat\"", Assert.Throws<ArgumentException>(() => new AnswerChart(("cat", probability))).Message);

    [Fact]
    public void Refuses_no_answers() => Assert.Throws<ArgumentException>(() => new AnswerChart());
}
