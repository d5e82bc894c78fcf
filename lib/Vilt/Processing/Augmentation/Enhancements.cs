using Vilt.Data;

namespace Vilt.Processing.Augmentation;

/// <summary>
/// Mixtures of a picture with one that lacks something, equal to those of Pillow's <c>ImageEnhance</c> in every value: a factor of 0 gives
/// the other picture, 1 the picture itself.
/// </summary>
internal static class Enhancements
{
    private const int Channels = 3;

    /// <summary>Mixes with the picture in gray.</summary>
    public static RgbImage Color(RgbImage image, double factor)
    {
        var gray = Gray(image);
        return Blend(image, i => gray[i / Channels], factor);
    }

    /// <summary>Mixes with the picture's mean gray.</summary>
    public static RgbImage Contrast(RgbImage image, double factor)
    {
        var gray = Gray(image);
        var mean = (int)((double)gray.Sum(value => (long)value) / gray.Length + 0.5);
        return Blend(image, _ => mean, factor);
    }

    /// <summary>Mixes with black.</summary>
    public static RgbImage Brightness(RgbImage image, double factor) => Blend(image, _ => 0, factor);

    /// <summary>Mixes with the picture smoothed.</summary>
    public static RgbImage Sharpness(RgbImage image, double factor)
    {
        var smooth = Smooth(image);
        return Blend(image, i => smooth[i], factor);
    }

    private static byte[] Gray(RgbImage image)
    {
        var gray = new byte[image.Pixels.Length / Channels];
        for (var i = 0; i < gray.Length; i++)
        {
            var pixel = image.Pixels.AsSpan(i * Channels, Channels);
            gray[i] = (byte)((pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 0x8000) >> 16);
        }

        return gray;
    }

    // In float32 and cut off, as in Pillow's Blend.c.
    private static RgbImage Blend(RgbImage image, Func<int, int> other, double factor)
    {
        var blended = new byte[image.Pixels.Length];
        var alpha = (float)factor;
        for (var i = 0; i < blended.Length; i++)
        {
            var from = other(i);
            blended[i] = (byte)Math.Clamp(from + alpha * (image.Pixels[i] - from), byte.MinValue, byte.MaxValue);
        }

        return new(image.Width, image.Height, blended);
    }

    // ImageFilter.SMOOTH: the pixel counts five times, its neighbors once. Pixels at the border stay. Sums in the order of Pillow's Filter.c.
    private static byte[] Smooth(RgbImage image)
    {
        const float Neighbor = 1f / 13, Center = 5f / 13;
        var smooth = (byte[])image.Pixels.Clone();
        var (row, pixels) = (image.Width * Channels, image.Pixels);
        for (var y = 1; y < image.Height - 1; y++)
        {
            for (var i = y * row + Channels; i < (y + 1) * row - Channels; i++)
            {
                var sum = 0.5f;
                sum += Three(i + row, Neighbor);
                sum += Three(i, Center);
                sum += Three(i - row, Neighbor);
                smooth[i] = (byte)sum;
            }
        }

        return smooth;

        float Three(int i, float center) => pixels[i - Channels] * Neighbor + pixels[i] * center + pixels[i + Channels] * Neighbor;
    }
}
