using System.Text.Json.Nodes;
using SkiaSharp;
using Vilt.Data;
using Vilt.Processing;
using Vilt.Tests.Data;
using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

public sealed class ViltImageProcessorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private const string Lossy = ".jpg .jpeg .webp";

    private static JsonNode Golden { get; } = Goldens.Json("processor", "cases.json");

    public static TheoryData<string> Pictures(bool refused) =>
        [.. Cases().Where(item => item["refused"] is not null == refused).Select(item => item.ToJsonString())];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Pictures), false)]
    public void Resizes_and_normalizes_as_transformers_does(string json)
    {
        var item = JsonNode.Parse(json)!;
        var (processor, image) = Read(item);
        var tolerance = Lossy.Contains(Path.GetExtension((string)item["picture"]!)) ? 0.02 : 1e-6;
        Assert.Equal((Numbers(item["size"]!)[0], Numbers(item["size"]!)[1]), (image.Width, image.Height));

        using IDisposable scope = NewDisposeScope();
        var pixels = processor.Encode(image); // (3, H, W)

        Assert.Equal(float32, pixels.dtype);
        Assert.Equal([3, .. Numbers(item["resized"]!).Select(side => (long)side)], pixels.shape);
        Assert.Equal((double)item["mean"]!, pixels.mean().item<float>(), tolerance);
        Assert.Equal((double)item["std"]!, pixels.std().item<float>(), tolerance);
        AssertColor(item["first"]!, pixels[TensorIndex.Ellipsis, 0, 0], tolerance);
        AssertColor(item["centre"]!, pixels[TensorIndex.Ellipsis, pixels.shape[1] / 2, pixels.shape[2] / 2], tolerance);
    }

    [Theory]
    [MemberData(nameof(Pictures), false)]
    public void Resized_pixels_equal_those_of_Pillow(string json)
    {
        var item = JsonNode.Parse(json)!;
        if ((string?)item["file"] is not string file)
        {
            return; // only some pictures were kept
        }

        var (processor, image) = Read(item);

        var pixels = processor.Resize(image).Pixels;

        var expected = RgbImage.Read(Goldens.PathOf("processor", "resized", file)).Pixels;
        var lossy = Lossy.Contains(Path.GetExtension((string)item["picture"]!));
        var off = pixels.Zip(expected).Count(pair => Math.Abs(pair.First - pair.Second) > (lossy ? 2 : 0));
        Assert.Equal(expected.Length, pixels.Length);
        Assert.InRange(off, 0, lossy ? pixels.Length / 100 : 0);
    }

    [Theory]
    [MemberData(nameof(Pictures), false)]
    public void A_file_is_resized_while_it_is_read_as_the_picture_in_it_is(string json)
    {
        var (processor, image) = Read(JsonNode.Parse(json)!);

        var resized = processor.Resize(Goldens.PathOf("processor", "pictures", (string)JsonNode.Parse(json)!["picture"]!));

        Assert.Equal(processor.Resize(image).Pixels, resized.Pixels);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)] // decoded by strips
    [InlineData(SKEncodedImageFormat.Png)] // decoded whole, resized by strips
    public void A_picture_of_many_strips_is_whole(SKEncodedImageFormat format)
    {
        var path = folder["large"];
        var (width, height) = (1000, 700);
        using (var bitmap = new SKBitmap(width, height))
        {
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    bitmap.SetPixel(x, y, new SKColor((byte)(x / 4), (byte)(y / 3), 90));
                }
            }

            File.WriteAllBytes(path, bitmap.Encode(format, 100).ToArray());
        }

        var image = RgbImage.Read(path);

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                Assert.True(Math.Abs(image.Pixels[(y * width + x) * 3] - x / 4) <= 4 && Math.Abs(image.Pixels[(y * width + x) * 3 + 1] - y / 3) <= 4);
            }
        }

        var processor = new ViltImageProcessor();
        Assert.Equal(processor.Resize(image).Pixels, processor.Resize(path).Pixels);
    }

    [Theory]
    [MemberData(nameof(Pictures), true)]
    public void Refuses_what_transformers_refuses_and_names_the_size(string json)
    {
        var item = JsonNode.Parse(json)!;
        var image = RgbImage.Read(Goldens.PathOf("processor", "pictures", (string)item["picture"]!));
        // A refused case gives no divisor: it is that of the other pictures with the same edge.
        var divisor = Cases().Where(other => (int)other["shortest_edge"]! == (int)item["shortest_edge"]! && other["refused"] is null)
            .Select(other => (int)other["size_divisor"]!).First();
        var processor = new ViltImageProcessor() { ShortestEdge = (int)item["shortest_edge"]!, SizeDivisor = divisor };

        var error = Assert.Throws<ArgumentException>(() => processor.Encode(image));

        Assert.Contains($"{image.Width}×{image.Height}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resized_sizes_equal_those_of_transformers()
    {
        foreach (var row in Golden["sizes"]!["rows"]!.AsArray())
        {
            if (Numbers(row!) is not [int height, int width, int edge, int divisor, int newHeight, int newWidth])
            {
                throw new InvalidDataException();
            }

            var processor = new ViltImageProcessor() { ShortestEdge = edge, SizeDivisor = divisor };
            Assert.Equal((newHeight, newWidth), processor.GetResizedSize(height, width));
        }
    }

    [Fact]
    public void A_picture_of_one_pixel_becomes_one_plain_color()
    {
        using IDisposable scope = NewDisposeScope();
        var pixels = new ViltImageProcessor().Encode(new RgbImage(1, 1, [255, 0, 51]));
        Assert.Equal([3, 384, 384], pixels.shape);
        Assert.True(pixels[0].eq(1).all().item<bool>() && pixels[1].eq(-1).all().item<bool>() && pixels[2].allclose(full_like(pixels[2], -0.6f)));
    }

    [Fact]
    public void A_picture_too_long_and_thin_is_refused()
    {
        var image = new RgbImage(20_000, 10, new byte[20_000 * 10 * 3]);
        var error = Assert.Throws<ArgumentException>(() => new ViltImageProcessor().Encode(image));
        Assert.Contains("20000×10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_the_right_size_is_left_as_it_is_in_an_array_of_its_own()
    {
        var processor = new ViltImageProcessor() { ShortestEdge = 32, SizeDivisor = 32 };
        var image = NoisePicture.Of(width: 32, height: 32, seed: 2);
        var resized = processor.Resize(image);
        Assert.Equal(image.Pixels, resized.Pixels);
        Assert.NotSame(image.Pixels, resized.Pixels);
    }

    [Fact]
    public void Leaves_no_tensor_behind()
    {
        var processor = new ViltImageProcessor() { ShortestEdge = 32, SizeDivisor = 16 };
        var image = NoisePicture.Of(width: 40, height: 40, seed: 3);
        var before = LiveTensors.CountAfterCollection();
        using (var pixels = processor.Encode(image))
        {
            processor.Denormalize(pixels);
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    private static IEnumerable<JsonNode> Cases() => Golden["cases"]!.AsArray().Select(item => item!);

    private static (ViltImageProcessor, RgbImage) Read(JsonNode item) => (
        new ViltImageProcessor { ShortestEdge = (int)item["shortest_edge"]!, SizeDivisor = (int)item["size_divisor"]! },
        RgbImage.Read(Goldens.PathOf("processor", "pictures", (string)item["picture"]!)));

    private static int[] Numbers(JsonNode array) => [.. array.AsArray().Select(number => (int)number!)];

    private static void AssertColor(JsonNode expected, Tensor color, double tolerance)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            Assert.Equal((double)expected[channel]!, color[channel].item<float>(), tolerance);
        }
    }
}
