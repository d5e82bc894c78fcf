using SkiaSharp;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class ScoreCurvesTests
{
    private static readonly ScoreCurves Two = new([("map", [1, 0.5, 0, 0, 0]), ("chance", [1, 0.75, 0.5, 0.25, 0])]);

    [Fact]
    public void Areas_are_trapezoids_over_the_share_of_patches() => Assert.Equal([0.25, 0.5], Two.Areas);

    [Fact]
    public void Gives_plotly_scores_over_the_share_of_patches_and_areas_in_the_legend()
    {
        var data = Two.Json()["data"]!.AsArray();
        Assert.Equal("[0,0.25,0.5,0.75,1]", data[0]!["x"]!.ToJsonString());
        Assert.Equal("[1,0.5,0,0,0]", data[0]!["y"]!.ToJsonString());
        Assert.Equal(["map, area 0.25", "chance, area 0.50"], data.Select(curve => (string?)curve!["name"]));
        Assert.Equal("tozeroy", (string?)data[0]!["fill"]);
    }

    [Fact]
    public void One_curve_has_its_area_in_the_title() =>
        Assert.Equal("Deletion: a &amp; b, area 0.50", (string?)new ScoreCurves([("a & b", [1, 0])]).Json()["layout"]!["title"]!["text"]);

    [Theory]
    [InlineData(1, 0, "top")]
    [InlineData(0, 1, "bottom")]
    public void The_legend_stands_where_the_curves_are_not(double first, double last, string expected) =>
        Assert.Equal(expected, (string?)new ScoreCurves([("a", [first, last]), ("b", [first, last])]).Json()["layout"]!["legend"]!["yanchor"]);

    [Fact]
    public void Fills_the_area_below()
    {
        using var png = SKBitmap.Decode(new ScoreCurves([("all", [0.5, 0.5])]).ToPng());
        Assert.Equal((720, 380), (png.Width, png.Height));
        var (above, below) = (png.GetPixel(405, 110), png.GetPixel(405, 262)); // between grid lines
        Assert.Equal(SKColors.White, above);
        Assert.True(below.Blue > below.Red);
    }

    [Fact]
    public void Says_areas_and_ends_in_one_line() =>
        Assert.Equal("Deletion: map, area 0.250, from 1.000 to 0.000; chance, area 0.500, from 1.000 to 0.000", Two.ToString());

    [Fact]
    public void Refuses_what_cannot_be_drawn()
    {
        Assert.Throws<ArgumentException>(() => new ScoreCurves([]));
        Assert.Throws<ArgumentException>(() => new ScoreCurves([("one", [1])]));
        Assert.Contains("\"a\" is NaN", Assert.Throws<ArgumentException>(() => new ScoreCurves([("a", [1, double.NaN])])).Message);
        Assert.Throws<ArgumentException>(() => new ScoreCurves([("a", [1.5, 0])]));
    }
}
