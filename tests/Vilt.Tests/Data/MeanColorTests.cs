using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class MeanColorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_pixel_counts_alike_and_every_file_once()
    {
        string small = Write("small.png", 1, 1, 200, 100, 0), large = Write("large.png", 3, 1, 0, 20, 5);
        var mean = MeanColor.Of([small, large, small], Token);
        Assert.Equal(new MeanColor(50, 40, 4), mean); // (200 + 3 · 0) / 4, (100 + 3 · 20) / 4, 3 · 5 / 4
    }

    [Fact]
    public void Paints_a_picture_of_a_given_size()
    {
        var picture = new MeanColor(1, 2, 3).Picture(3, 2);
        Assert.Equal((3, 2), (picture.Width, picture.Height));
        Assert.All(picture.Pixels.Chunk(3), pixel => Assert.Equal([1, 2, 3], pixel));
    }

    [Fact]
    public void Names_a_picture_that_is_missing_and_refuses_none_at_all()
    {
        var missing = Path.Combine(folder.Path, "missing.png");
        Assert.Contains(missing, Assert.Throws<FileNotFoundException>(() => MeanColor.Of([missing], Token)).Message);
        Assert.Throws<ArgumentException>(() => MeanColor.Of([], Token));
    }

    private string Write(string name, int width, int height, byte red, byte green, byte blue) =>
        folder.Write(name, new MeanColor(red, green, blue).Picture(width, height).EncodePng());
}
