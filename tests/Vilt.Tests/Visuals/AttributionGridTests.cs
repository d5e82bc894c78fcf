using System.Text.Json.Nodes;
using SkiaSharp;
using Vilt.Data;
using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class AttributionGridTests
{
    [Fact]
    public void Has_one_color_bar_for_all_maps()
    {
        var maps = Grid(maps: 5).Json()["data"]!.AsArray().Where(trace => (string?)trace!["type"] == "heatmap").ToList();
        Assert.Equal([true, false, false, false, false], maps.Select(map => (bool)map!["showscale"]!));
        Assert.NotNull(maps[0]!["colorbar"]);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(7, 4)]
    [InlineData(9, 5)]
    [InlineData(2, 1)]
    public void Draws_each_panel_where_plotly_has_it(int maps, int columns)
    {
        var figure = Grid(maps, columns);
        using var png = SKBitmap.Decode(figure.ToPng());
        var layout = figure.Json()["layout"]!;
        Assert.Equal(new SKColor(10, 20, 30), At(png, layout, 0, row: 0, column: 0));
        for (var map = 0; map < maps; map++)
        {
            for (var column = 0; column < 4; column++)
            {
                var (red, green, blue) = figure.ColorMap[column == map % 4 ? 1 : 0];
                Assert.Equal(new SKColor(red, green, blue), At(png, layout, map + 1, row: 1, column));
            }
        }
    }

    [Fact]
    public void Panels_are_square_pixels_side_by_side()
    {
        var layout = Grid(maps: 3, columns: 2).Json()["layout"]!;
        Assert.Equal([0, 1, 0, 1], Enumerable.Range(0, 4).Select(i => Box(layout, i).Left > 100 ? 1 : 0));
        Assert.True(Box(layout, 2).Top > Box(layout, 0).Bottom);
        Assert.InRange(Box(layout, 0).Width / Box(layout, 0).Height, 1.95, 2.05);
    }

    [Fact]
    public void Shows_titles_and_notes_as_text_not_as_markup()
    {
        var figure = new AttributionGrid(null, [new("<b>", Map(0), Note: "area 0.2")]);
        Assert.Equal(["&lt;b&gt;", "area 0.2"], figure.Json()["layout"]!["annotations"]!.AsArray().Select(text => (string?)text!["text"]));
        Assert.Contains("<b> (area 0.2), middle half in rows 0 to 1 and columns 0 to 0", figure.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_a_map_that_may_be_noise()
    {
        var noise = AttributionNormalization.Normalize(new[,] { { 1e-7 } });
        Assert.Contains("rounding noise?", new AttributionGrid(null, [new("tiny", noise)]).Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_what_has_no_common_color_bar_or_size()
    {
        Assert.Throws<ArgumentException>(() => new AttributionGrid(null, []));
        var signed = AttributionNormalization.Normalize(new double[,] { { 1, 0, 0, 0 }, { 1, 0, 0, 0 } }, AttributionSign.All);
        Assert.Contains("\"b\" All", Assert.Throws<ArgumentException>(() => new AttributionGrid(null, [new("a", Map(0)), new("b", signed)])).Message);
        var small = AttributionNormalization.Normalize(new[,] { { 1.0 } });
        Assert.Contains("\"b\" has 1 rows", Assert.Throws<ArgumentException>(() => new AttributionGrid(null, [new("a", Map(0)), new("b", small)])).Message);
        Assert.Contains("\"picture\" has 2 rows", Assert.Throws<ArgumentException>(() => new AttributionGrid(Picture(), [new("b", small)])).Message);
    }

    // Each map marks one column: that of its number.
    private static AttributionGrid Grid(int maps, int columns = 4) =>
        new(Picture(), Enumerable.Range(0, maps).Select(i => new AttributionMap($"map {i}", Map(i % 4))), columns);

    private static NormalizedAttributions Map(int column)
    {
        var values = new double[2, 4];
        (values[0, column], values[1, column]) = (1, 1);
        return AttributionNormalization.Normalize(values);
    }

    private static RgbImage Picture() => new(4, 2, [.. Enumerable.Range(0, 8).SelectMany(_ => new byte[] { 10, 20, 30 })]);

    private static SKColor At(SKBitmap png, JsonNode layout, int panel, int row, int column)
    {
        var box = Box(layout, panel);
        return png.GetPixel((int)(box.Left + (column + 0.5) / 4 * box.Width), (int)(box.Top + (row + 0.5) / 2 * box.Height));
    }

    private static SKRect Box(JsonNode layout, int panel)
    {
        var number = panel == 0 ? "" : $"{panel + 1}";
        double[] across = Domain("xaxis"), up = Domain("yaxis");
        double Margin(string side) => (double)layout["margin"]![side]!;
        var (width, height) = ((double)layout["width"]! - Margin("l") - Margin("r"), (double)layout["height"]! - Margin("t") - Margin("b"));
        return new(
            (float)(Margin("l") + across[0] * width), (float)(Margin("t") + (1 - up[1]) * height),
            (float)(Margin("l") + across[1] * width), (float)(Margin("t") + (1 - up[0]) * height));

        double[] Domain(string axis) => [.. layout[axis + number]!["domain"]!.AsArray().Select(end => (double)end!)];
    }
}
