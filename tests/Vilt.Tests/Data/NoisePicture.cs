using Vilt.Data;

namespace Vilt.Tests.Data;

/// <summary>A picture of random pixels.</summary>
internal static class NoisePicture
{
    public static RgbImage Of(int width, int height, int seed) => Of(width, height, new Random(seed));

    public static RgbImage Of(int width, int height, Random random)
    {
        var pixels = new byte[width * height * 3];
        random.NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
