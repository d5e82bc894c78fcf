using Vilt.Processing;
using Vilt.Tests.Data;
using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

public class DenormalizationTests
{
    [Fact]
    public void Denormalizing_gives_back_the_resized_picture()
    {
        var processor = new ViltImageProcessor() { ShortestEdge = 64, SizeDivisor = 16, ImageMean = [0.485f, 0.456f, 0.406f], ImageStd = [0.229f, 0.224f, 0.225f] };
        var image = NoisePicture.Of(width: 90, height: 60, seed: 1);
        using var pixels = processor.Encode(image);

        var back = processor.Denormalize(pixels);

        Assert.Equal(processor.Resize(image).Pixels, back.Pixels);
        Assert.Equal((96, 64), (back.Width, back.Height));
    }

    [Fact]
    public void Denormalizing_clips_what_is_beyond_black_and_white()
    {
        using var pixels = tensor([-9f, 9f, 0f, float.PositiveInfinity, float.NegativeInfinity, 0f], [3, 1, 2]);

        Assert.Equal([0, 128, 0, 255, 255, 128], new ViltImageProcessor().Denormalize(pixels).Pixels);
    }

    [Theory]
    [InlineData(3L, 4L)]
    [InlineData(1L, 3L, 4L, 4L)]
    [InlineData(4L, 4L, 3L)]
    [InlineData(3L, 0L, 4L)]
    public void Denormalizing_refuses_another_shape(params long[] shape)
    {
        using var pixels = zeros(shape);
        var error = Assert.Throws<ArgumentException>(() => new ViltImageProcessor().Denormalize(pixels));
        Assert.Contains("(3, H, W)", error.Message, StringComparison.Ordinal);
    }
}
