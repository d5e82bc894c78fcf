using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.CSharp;
using SkiaSharp;
using Vilt.Data;
using Vilt.Visuals;
using Figure = Vilt.Visuals.Figure;

namespace Vilt.Tests.Visuals;

public sealed class PlotlyChartTests
{
    private static readonly LossCurve Curve = new([3, double.NaN, 1], stepsPerEpoch: 2);

    public static TheoryData<Figure> Figures =>
    [
        Curve,
        new AnswerChart(("gray", 0.5), ("<b>", 0.25)),
        new AccuracyCurve([("trained", [(0, 3.5), (5, 98.5)]), ("unseen", [(0, 2), (5, 61)])]),
        new ImageAttributionFigure(new RgbImage(2, 1, [1, 2, 3, 4, 5, 6]), AttributionNormalization.Normalize(new[,] { { 1.0, 0.5 } })),
    ];

    [Theory]
    [MemberData(nameof(Figures), DisableDiscoveryEnumeration = true)]
    public void A_figure_and_its_chart_are_drawn_alike(Figure figure)
    {
        var chart = figure.ToChart();
        var json = JsonNode.Parse(chart.ToDisplayString("application/vnd.plotly.v1+json"));
        Assert.True(JsonNode.DeepEquals(WithoutNulls(figure.Json()), json));
        Assert.Equal(figure.ToDisplayString("image/png"), chart.ToDisplayString("image/png"));
        Assert.Equal(figure.Description, chart.ToDisplayString("text/plain"));
    }

    [Fact]
    public void What_a_student_changes_is_in_the_chart_and_in_the_picture_beside_it()
    {
        var chart = Curve.ToChart().WithTitle("Mine").WithXAxisStyle<double, double, string>(TitleText: "steps so far");
        var layout = JsonNode.Parse(chart.ToDisplayString("application/vnd.plotly.v1+json"))!["layout"]!;
        Assert.Equal("Mine", (string?)layout["title"]!["text"]);
        Assert.Equal("steps so far", (string?)layout["xaxis"]!["title"]!["text"]);
        Assert.Equal([1, 3], layout["xaxis"]!["range"]!.AsArray().Select(end => (double)end!));
        using var before = SKBitmap.Decode(Curve.ToPng());
        using var after = SKBitmap.Decode(Convert.FromBase64String(chart.ToDisplayString("image/png")));
        Assert.NotEqual(Rows(before, 0, 50), Rows(after, 0, 50));
        Assert.Equal(Rows(before, 50, 325), Rows(after, 50, 325));
        Assert.NotEqual(Rows(before, 350, 380), Rows(after, 350, 380));
    }

    [Fact]
    public void A_picture_file_says_what_it_shows()
    {
        var png = Curve.ToPng().AsSpan();
        var chunk = png[(png.IndexOf("iTXtDescription\0"u8))..];
        var length = BinaryPrimitives.ReadInt32BigEndian(png[(png.IndexOf("iTXt"u8) - 4)..]);
        Assert.Equal(Curve.Description, Encoding.UTF8.GetString(chunk[20..(length + 4)]));
        Assert.Equal(Crc32.HashToUInt32(chunk[..(length + 4)]), BinaryPrimitives.ReadUInt32BigEndian(chunk[(length + 4)..]));
    }

    [Fact]
    public void Each_chart_is_its_own()
    {
        Curve.ToChart().WithTitle("Mine");
        Assert.Equal("Training Loss", (string?)JsonNode.Parse(GenericChart.toJson(Curve.ToChart()))!["layout"]!["title"]!["text"]);
    }

    [Fact]
    public void A_chart_of_another_kind_is_left_to_the_script()
    {
        var chart = Plotly.NET.CSharp.Chart.Point<double, double, string>([1, 2], [2, 1]);
        Assert.Equal("Plotly.NET chart", chart.ToDisplayString("text/plain"));
        Assert.Contains("once the notebook is trusted", chart.ToDisplayString("text/html"), StringComparison.Ordinal);
        using var notice = SKBitmap.Decode(Convert.FromBase64String(chart.ToDisplayString("image/png")));
        Assert.InRange(notice.Pixels.Count(pixel => pixel.Red < 128), 200, 5000);
    }

    // Plotly.NET leaves out what is not set.
    private static JsonNode WithoutNulls(JsonNode node)
    {
        foreach (var members in node is JsonObject ? new[] { node.AsObject() } : [])
        {
            members.Where(member => member.Value is null).Select(member => member.Key).ToList().ForEach(name => members.Remove(name));
            members.ToList().ForEach(member => WithoutNulls(member.Value!));
        }

        if (node is JsonArray list)
        {
            list.OfType<JsonNode>().ToList().ForEach(item => WithoutNulls(item));
        }

        return node;
    }

    private static SKColor[] Rows(SKBitmap picture, int from, int to) => picture.Pixels[(from * picture.Width)..(to * picture.Width)];
}
