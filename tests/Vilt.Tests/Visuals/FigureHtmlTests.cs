using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using SkiaSharp;
using Vilt.Data;
using Vilt.Visuals;
using Figure = Vilt.Visuals.Figure;

namespace Vilt.Tests.Visuals;

/// <summary>What the scripts do is seen in a browser, by the tests of the notebooks.</summary>
public sealed partial class FigureHtmlTests
{
    [Fact]
    public void Shows_a_picture_until_the_figure_is_drawn()
    {
        var chart = new AnswerChart(("gray", 0.5));
        var html = chart.ToDisplayString("text/html");
        Assert.Contains($"<img src=\"data:image/png;base64,{Convert.ToBase64String(chart.ToPng())}\"", html, StringComparison.Ordinal);
        Assert.Contains(chart.ToPlotlyJson().Replace("<", "\\u003c", StringComparison.Ordinal), html, StringComparison.Ordinal);
    }

    [Fact]
    public void All_but_a_little_is_in_the_part_that_a_notebook_needs_once()
    {
        var curve = new LossCurve([2, 1]);
        var html = curve.ToDisplayString("text/html");
        var library = Library().Match(html);
        Assert.InRange(library.Length, 1_000_000, 2_000_000);
        var figure = curve.ToPlotlyJson().Length + Convert.ToBase64String(curve.ToPng()).Length;
        Assert.InRange(html.Length - library.Length, figure, figure + 2000);
        Assert.Equal(library.Value, Library().Match(new AnswerChart(("a", 1)).ToDisplayString("text/html")).Value);
    }

    [Fact]
    public void A_heat_map_is_a_picture_with_its_values_and_without_plotly()
    {
        var values = new double[128, 160];
        values[3, 7] = 1;
        var black = new RgbImage(160, 128, new byte[160 * 128 * 3]);
        var figure = new ImageAttributionFigure(black, AttributionNormalization.Normalize(values));
        var html = figure.ToDisplayString("text/html");
        Assert.InRange(html.Length, 1000, 20_000);
        Assert.DoesNotContain("plotly.js", html, StringComparison.Ordinal);
        var map = JsonNode.Parse(Maps().Match(html).Groups["maps"].Value)!.AsArray().Single()!;
        var unpacked = new byte[128 * 160];
        using var packed = new GZipStream(new MemoryStream(Convert.FromBase64String((string)map["values"]!)), CompressionMode.Decompress);
        packed.ReadExactly(unpacked);
        Assert.Equal(100, unpacked[(3 * (int.Parse((string)map["columns"]!))) + 7]);
        using var picture = SKBitmap.Decode(Convert.FromBase64String(Picture().Match(html).Groups["content"].Value));
        using var png = SKBitmap.Decode(figure.ToPng());
        Assert.Equal((png.Width, png.Height), (picture.Width, picture.Height));
        var (x, y) = (Share(map, "left", "right", 7.5 / 160) * png.Width, Share(map, "top", "bottom", 3.5 / 128) * png.Height);
        Assert.Equal(SKColors.Black, png.GetPixel((int)x, (int)y));
    }

    [Fact]
    public void A_heat_map_of_both_signs_keeps_each_pixels_color()
    {
        var attributions = AttributionNormalization.Normalize(new[,] { { 1.0, -1.0 } }, AttributionSign.All);
        var figure = new ImageAttributionFigure(new RgbImage(2, 1, new byte[6]), attributions);
        Assert.Contains(Convert.ToBase64String(figure.ToPng()), figure.ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Figures), DisableDiscoveryEnumeration = true)]
    public void Says_in_words_what_it_shows(Figure figure)
    {
        var description = WebUtility.HtmlEncode(figure.Description);
        var html = figure.ToDisplayString("text/html");
        Assert.Contains($"role=\"img\" aria-label=\"{description}\"", html, StringComparison.Ordinal);
        Assert.Contains($"alt=\"{description}\"", html, StringComparison.Ordinal);
        Assert.Equal(figure.Description, (string?)figure.Json()["layout"]!["meta"]!["description"]);
    }

    [Fact]
    public void A_label_can_not_end_the_script()
    {
        var trace = new Trace("scatter");
        trace.SetProperty("name", "</script><b>");
        var chart = GenericChart.ofTraceObject(true, trace);
        Assert.Contains("</script><b>", GenericChart.toFigureJson(chart), StringComparison.Ordinal);
        Assert.DoesNotContain("</script><b>", chart.ToDisplayString("text/html"), StringComparison.Ordinal);
    }

    public static TheoryData<Figure> Figures =>
    [
        new AnswerChart(("\"gray\"", 0.5)),
        new LossCurve([2, 1]),
        new AccuracyCurve([("unseen", [(1, 50)])]),
        new ImageAttributionFigure(new RgbImage(2, 1, new byte[6]), AttributionNormalization.Normalize(new[,] { { 1.0, 0.5 } })),
    ];

    private static double Share(JsonNode map, string from, string to, double share) =>
        (double)map[from]! + (share * ((double)map[to]! - (double)map[from]!));

    [GeneratedRegex("""viltMaps \?\?= \[\]\)\.push\(\s*\[.*?, (?<maps>\[\{.*?\}\])\]\)</script>""", RegexOptions.Singleline)]
    private static partial Regex Maps();

    [GeneratedRegex("""data:image/webp;base64,(?<content>[^"]+)""")]
    private static partial Regex Picture();

    [GeneratedRegex("""<script data-once="plotly\.js">.*?</script>""", RegexOptions.Singleline)]
    private static partial Regex Library();
}
