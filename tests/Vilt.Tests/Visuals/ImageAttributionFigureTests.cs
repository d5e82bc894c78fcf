using System.Text.Json.Nodes;
using SkiaSharp;
using Vilt.Data;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class ImageAttributionFigureTests
{
    private static readonly NormalizedAttributions Attributions =
        AttributionNormalization.Normalize(new[,] { { 0.0, 0.1, 0.2, 1.0 }, { 0.3, 0.0, 0.05, 0.15 } });

    [Fact]
    public void Gives_plotly_the_values_the_colors_and_the_scale()
    {
        var heatMap = Figure().Trace("heatmap");
        Assert.Equal(("u1", "2,4"), ((string?)heatMap["z"]!["dtype"], (string?)heatMap["z"]!["shape"]));
        var percents = Convert.FromBase64String((string)heatMap["z"]!["bdata"]!);
        Assert.Equal(Attributions.Values.Cast<double>().Select(value => Math.Round(100 * value)), percents.Select(value => (double)value));
        Assert.Equal((0, 100), ((int)heatMap["zmin"]!, (int)heatMap["zmax"]!));
        Assert.Equal("""["0.0","0.2","0.4","0.6","0.8","1.0"]""", heatMap["colorbar"]!["ticktext"]!.ToJsonString());
        Assert.Equal("""[[0,"#ffffff"],[0.25,"#252b36"],[1,"#000000"]]""", heatMap["colorscale"]!.ToJsonString());
    }

    [Fact]
    public void Gives_plotly_the_very_picture()
    {
        var source = (string)Figure().Trace("image")["source"]!;
        using var decoded = SKBitmap.Decode(Convert.FromBase64String(source["data:image/png;base64,".Length..]));
        var picture = Picture(4, 2);
        Assert.Equal((picture.Width, picture.Height), (decoded.Width, decoded.Height));
        Assert.Equal(picture.Pixels, decoded.Pixels.SelectMany(color => new[] { color.Red, color.Green, color.Blue }));
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(1, 1)]
    [InlineData(300, 8)]
    [InlineData(8, 300)]
    public void Keeps_pixels_square_in_plotly(int width, int height)
    {
        var layout = Figure(width, height).Json()["layout"]!;
        foreach (var panel in new[] { "", "2" })
        {
            var across = Pixels(layout, "xaxis" + panel, "width") / width;
            var down = Pixels(layout, "yaxis" + panel, "height") / height;
            Assert.InRange(across / down, 0.9, 1.1); // panels are rounded to whole pixels of the screen
        }
    }

    [Fact]
    public void Shows_titles_and_the_warning()
    {
        Assert.Equal(["Original Image", "Attribution Magnitude"], Titles(Figure()));
        var tiny = AttributionNormalization.Normalize(new[,] { { 1e-7 } });
        var warned = new ImageAttributionFigure(Picture(1, 1), tiny);
        Assert.Contains(tiny.Warning, Titles(warned));
        Assert.Contains(tiny.Warning!, warned.ToString());
        Assert.NotEmpty(warned.ToPng());
    }

    [Fact]
    public void Shows_both_signs_from_minus_1_to_1_in_red_and_green()
    {
        var signed = AttributionNormalization.Normalize(new[,] { { -1.0, 1.0 } }, AttributionSign.All);
        var figure = new ImageAttributionFigure(Picture(2, 1), signed);
        Assert.Equal(-100, (int)figure.Trace("heatmap")["zmin"]!);
        Assert.Equal([unchecked((byte)-100), 100], Convert.FromBase64String((string)figure.Trace("heatmap")["z"]!["bdata"]!));
        using var png = SKBitmap.Decode(figure.ToPng());
        Assert.Contains(new SKColor(255, 0, 0), png.Pixels);
        Assert.Contains(new SKColor(0, 128, 0), png.Pixels);
    }

    [Fact]
    public void Draws_picture_and_heat_map_pixel_by_pixel()
    {
        var figure = Figure();
        using var png = SKBitmap.Decode(figure.ToPng());
        var picture = figure.Picture;
        var layout = figure.Json()["layout"]!;
        for (var row = 0; row < picture.Height; row++)
        {
            for (var column = 0; column < picture.Width; column++)
            {
                var rgb = picture.Pixels[(((row * picture.Width) + column) * 3)..][..3];
                Assert.Equal(new SKColor(rgb[0], rgb[1], rgb[2]), At(png, layout, "", row, column, picture));
                var (red, green, blue) = ColorMap.CustomBlue[Attributions.Values[row, column]];
                Assert.Equal(new SKColor(red, green, blue), At(png, layout, "2", row, column, picture));
            }
        }
    }

    [Fact]
    public void Draws_titles_without_any_font_of_the_system()
    {
        using var png = SKBitmap.Decode(Figure().ToPng());
        var layout = Figure().Json()["layout"]!;
        var above = (int)layout["margin"]!["t"]! - 2;
        Assert.True(png.Pixels.Take(above * png.Width).Count(color => color.Red < 128) > 200);
    }

    [Fact]
    public void Says_where_most_of_the_attribution_lies()
    {
        var attributions = new double[10, 20];
        for (var column = 4; column < 8; column++)
        {
            (attributions[2, column], attributions[3, column]) = (1, 1);
        }

        var figure = new ImageAttributionFigure(Picture(20, 10), AttributionNormalization.Normalize(attributions));
        Assert.Contains("(20×10)", figure.Description, StringComparison.Ordinal);
        Assert.Contains("middle half lies in rows 2 to 3 and columns 4 to 6", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_heat_map_of_another_size()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageAttributionFigure(Picture(2, 4), Attributions));
        Assert.Contains("2 rows and 4 columns, the picture 4 and 2", error.Message);
    }

    private static ImageAttributionFigure Figure() => new(Picture(4, 2), Attributions);

    private static ImageAttributionFigure Figure(int width, int height)
    {
        var attributions = new double[height, width];
        attributions[0, 0] = 1;
        return new ImageAttributionFigure(Picture(width, height), AttributionNormalization.Normalize(attributions));
    }

    private static RgbImage Picture(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 41))]);

    private static IEnumerable<string?> Titles(ImageAttributionFigure figure) =>
        figure.Json()["layout"]!["annotations"]!.AsArray().Select(annotation => (string?)annotation!["text"]);

    private static double Pixels(JsonNode layout, string axis, string side) =>
        (Domain(layout, axis).End - Domain(layout, axis).Start) * Inner(layout, side);

    // What the margins leave.
    private static double Inner(JsonNode layout, string side) =>
        (double)layout[side]! - (side == "width" ? Margin(layout, "l") + Margin(layout, "r") : Margin(layout, "t") + Margin(layout, "b"));

    private static double Margin(JsonNode layout, string side) => (double)layout["margin"]![side]!;

    private static (double Start, double End) Domain(JsonNode layout, string axis) =>
        ((double)layout[axis]!["domain"]![0]!, (double)layout[axis]!["domain"]![1]!);

    // The PNG has the same size and parts as the Plotly figure.
    private static SKColor At(SKBitmap png, JsonNode layout, string panel, int row, int column, RgbImage picture)
    {
        var (left, right) = Domain(layout, "xaxis" + panel);
        var (bottom, top) = Domain(layout, "yaxis" + panel);
        var x = Margin(layout, "l") + ((left + ((column + 0.5) / picture.Width * (right - left))) * Inner(layout, "width"));
        var y = Margin(layout, "t") + ((1 - top + ((row + 0.5) / picture.Height * (top - bottom))) * Inner(layout, "height"));
        return png.GetPixel((int)x, (int)y);
    }
}
