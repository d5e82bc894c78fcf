using Vilt.Visuals;

namespace Vilt.Tests.Visuals;

public sealed class ColorMapTests
{
    /// <summary>The files hold the 256 colors that matplotlib 3.10 gives for the same stops.</summary>
    [Theory]
    [InlineData("custom-blue.txt")]
    [InlineData("red-white-green.txt")]
    public void Equals_matplotlib_in_every_color(string file)
    {
        var map = file == "custom-blue.txt" ? ColorMap.CustomBlue : ColorMap.RedWhiteGreen;
        var expected = File.ReadAllLines(Path.Combine(Goldens.RepositoryFolder(), "tests", "Vilt.Tests", "Visuals", file));
        Assert.Equal(expected, Enumerable.Range(0, 256).Select(i => Hex(map[(i + 0.5) / 256])));
    }

    [Fact]
    public void Steps_from_color_to_color_256_times()
    {
        var gray = ColorMap.FromStops((0, "#000000"), (1, "#ffffff"));
        Assert.Equal("#010101", Hex(gray[1.0 / 256]));
        Assert.Equal("#000000", Hex(gray[Math.BitDecrement(1.0 / 256)]));
        Assert.Equal("#ffffff", Hex(gray[255.0 / 256]));
    }

    [Fact]
    public void Clips_values_outside_of_0_to_1()
    {
        Assert.Equal("#ffffff", Hex(ColorMap.CustomBlue[-3]));
        Assert.Equal("#000000", Hex(ColorMap.CustomBlue[double.PositiveInfinity]));
        Assert.Throws<ArgumentException>(() => ColorMap.CustomBlue[double.NaN]);
    }

    [Fact]
    public void Refuses_stops_that_do_not_ascend_from_0_to_1()
    {
        Assert.Throws<ArgumentException>(() => ColorMap.FromStops((0, "#000000")));
        Assert.Throws<ArgumentException>(() => ColorMap.FromStops((0.1, "#000000"), (1, "#ffffff")));
        Assert.Throws<ArgumentException>(() => ColorMap.FromStops((0, "#000000"), (0.5, "#ffffff"), (0.5, "#000000"), (1, "#ffffff")));
    }

    [Theory]
    [InlineData("white")]
    [InlineData("#fff")]
    [InlineData("#12345g")]
    public void Refuses_a_color_of_another_form(string color) =>
        Assert.Contains(color, Assert.Throws<ArgumentException>(() => ColorMap.FromStops((0, color), (1, "#ffffff"))).Message);

    private static string Hex((byte Red, byte Green, byte Blue) color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";
}
