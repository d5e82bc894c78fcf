using Vilt.Kernel.Display;
using Vilt.Kernel.Tests.Packages;

namespace Vilt.Kernel.Tests.Display;

public sealed class PicturesOfSkiaTests : IDisposable
{
    /// <summary>Has the names and the members by which the kernel knows the library's classes.</summary>
    private const string Library = """
        namespace SkiaSharp
        {
            public class SKBitmap { public int Width => 3; public int Height => 2; }
            public class SKImage
            {
                private int last;
                public int Width => 5;
                public int Height => 4;
                public static SKImage FromBitmap(SKBitmap bitmap) => new SKImage { last = bitmap.Width };
                public SKData Encode() => new SKData(last);
            }
            public class SKData : System.IDisposable
            {
                private readonly int last;
                public SKData(int last) => this.last = last;
                public byte[] ToArray() => new byte[] { 1, 2, (byte)last };
                public void Dispose() { }
            }
        }
        """;

    private readonly PackageFeed feed = new();

    public void Dispose() => feed.Dispose();

    [Fact]
    public async Task Bitmaps_and_images_are_shown_as_pictures_within_tables_too()
    {
        feed.Add("SkiaSharp", "0.0.2", Library);
        using var session = new Session(feed.Notebooks);
        await session.RunAsync("#r \"nuget: SkiaSharp, 0.0.2\"\nusing SkiaSharp;");
        var bitmap = (await session.RunAsync<ExecuteResult>("new SKBitmap()")).Bundle;
        Assert.Equal("SKBitmap, 3 × 2", Session.Text(bitmap));
        Assert.Equal("<img src=\"data:image/png;base64,AQID\" alt=\"SKBitmap, 3 × 2\" />", bitmap.Data["text/html"].GetString());
        Assert.Equal("SKImage, 5 × 4", await session.ValueAsync("new SKImage()"));
        var table = (await session.RunAsync<ExecuteResult>("new[] { new { Picture = new SKImage() } }")).Bundle;
        Assert.Contains("<td><img src=\"data:image/png;base64,AQIA\"", table.Data["text/html"].GetString(), StringComparison.Ordinal);
    }
}
