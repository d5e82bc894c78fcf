using System.Text.Json.Nodes;
using SkiaSharp;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class AccuracyCurveTests
{
    private static readonly AccuracyCurve Two = new(
        [("trained", [(0, 3.5), (5, 98.5)]), ("unseen", [(0, 2), (5, 61)])], xTitle: "epoch");

    [Fact]
    public void Gives_plotly_a_line_for_each_set_over_the_whole_range()
    {
        var figure = JsonNode.Parse(Two.ToPlotlyJson())!;
        Assert.Equal(["trained", "unseen"], figure["data"]!.AsArray().Select(line => (string)line!["name"]!));
        Assert.Equal("[3.5,98.5]", figure["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("[0,100]", figure["layout"]!["yaxis"]!["range"]!.ToJsonString());
    }

    [Fact]
    public void Draws_points_where_they_belong()
    {
        using var one = SKBitmap.Decode(new AccuracyCurve([("all", [(1, 100)])]).ToPng());
        using var other = SKBitmap.Decode(new AccuracyCurve([("all", [(1, 0)])]).ToPng());
        Assert.Equal((720, 380), (one.Width, one.Height));
        var accent = SKColor.Parse("#3b7ea8");
        Assert.Equal(accent, one.GetPixel(70, 50));
        Assert.Equal(accent, other.GetPixel(70, 325));
    }

    [Fact]
    public void Says_the_last_accuracies_in_one_line() =>
        Assert.Equal("Accuracy: 98.5 % trained after epoch 5, 61.0 % unseen after epoch 5", Two.ToString());

    [Fact]
    public void Refuses_what_cannot_be_drawn()
    {
        Assert.Throws<ArgumentException>(() => new AccuracyCurve([]));
        Assert.Throws<ArgumentException>(() => new AccuracyCurve([("none", [])]));
    }
}
