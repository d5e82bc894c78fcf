using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using SkiaSharp;
using Vilt.Data;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

/// <summary>No test here registers a formatter: a cell's last expression must show itself.</summary>
public sealed class FormattersTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private static readonly RgbImage Picture = new(2, 1, [10, 20, 30, 40, 50, 60]);
    private static readonly NormalizedAttributions Attributions = AttributionNormalization.Normalize(new[,] { { 1.0, 0.5 } });

    public static TheoryData<object, string[]> Visuals => new()
    {
        { new ImageAttributionFigure(Picture, Attributions), [Plotly, "text/html", "image/png", "text/plain"] },
        { new LossCurve([2, 1]), [Plotly, "text/html", "image/png", "text/plain"] },
        { new AnswerChart(("yes", 0.5)), [Plotly, "text/html", "image/png", "text/plain"] },
        { new AccuracyCurve([("unseen", [(1, 50)])]), [Plotly, "text/html", "image/png", "text/plain"] },
        { new AnswerChart(("yes", 0.5)).ToChart(), [Plotly, "text/html", "image/png", "text/plain"] },
        { new TextAttributionRecord([1], 1, "a", "b", "c", 1, ["t"], 0), ["text/html", "text/plain"] },
        { new TextAttributionTable(), ["text/html", "text/plain"] },
        { Table.From(["a"]), ["text/html", "text/plain"] },
        { new ProgressDisplay("Training", 1, 2, ""), ["text/html", "text/plain"] },
        { Picture, ["text/html", "image/png", "text/plain"] },
        { GenericChart.ofTraceObject(true, new Trace("scatter")), [Plotly, "text/html", "image/png", "text/plain"] },
    };

    [Theory]
    [MemberData(nameof(Visuals), DisableDiscoveryEnumeration = true)]
    public void Shows_itself_the_richest_way_first(object visual, string[] mimeTypes)
    {
        Assert.Equal(mimeTypes, Formatter.GetPreferredMimeTypesFor(visual.GetType()));
        foreach (var mimeType in mimeTypes)
        {
            var content = visual.ToDisplayString(mimeType);
            switch (mimeType)
            {
                case Plotly: Assert.NotNull(JsonNode.Parse(content)!["data"]); break;
                case "image/png": Assert.NotNull(SKBitmap.Decode(Convert.FromBase64String(content))); break;
                case "text/html": Assert.Matches("</div>|<img src=.* alt=\"picture of 2×1 pixels\"", content); break;
                default: Assert.InRange(content.Length, 1, 1000); break;
            }
        }
    }

    [Theory]
    [InlineData(3, 2, 162, 108)]
    [InlineData(160, 100, 160, 100)]
    [InlineData(640, 20, 640, 20)]
    [InlineData(1280, 640, 640, 320)]
    [InlineData(5000, 1, 640, 1)]
    public void Shows_pictures_in_a_size_that_fits_a_notebook(int width, int height, int shownWidth, int shownHeight)
    {
        var picture = new RgbImage(width, height, new byte[width * height * 3]);
        using var png = SKBitmap.Decode(Convert.FromBase64String(picture.ToDisplayString("image/png")));
        Assert.Equal((shownWidth, shownHeight), (png.Width, png.Height));
    }

    [Fact]
    public void Enlarges_tiny_pictures_without_blur()
    {
        using var png = SKBitmap.Decode(Convert.FromBase64String(Picture.ToDisplayString("image/png")));
        Assert.Equal([new SKColor(10, 20, 30), new SKColor(40, 50, 60)], png.Pixels.Distinct());
    }

    [Fact]
    public void Registers_again_after_a_reset()
    {
        Formatter.ResetToDefault();
        Formatters.Register();
        Assert.Equal(["text/html", "image/png", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(RgbImage)));
    }
}
