using Vilt.Data;

namespace Vilt.Processing.Augmentation;

/// <summary>Operations that map each value of a picture to another, equal to those of Pillow's <c>ImageOps</c> in every value.</summary>
internal static class PointOperations
{
    private const int Values = byte.MaxValue + 1, Channels = 3;

    /// <summary>Stretches each channel so that its darkest value becomes 0 and its lightest 255.</summary>
    public static RgbImage AutoContrast(RgbImage image) => ByHistogram(image, histogram =>
    {
        int lowest = Array.FindIndex(histogram, count => count > 0), highest = Array.FindLastIndex(histogram, count => count > 0);
        var scale = (double)byte.MaxValue / (highest - lowest);
        return highest <= lowest ? value => value : value => (int)(value * scale + -lowest * scale);
    });

    /// <summary>Spreads the values of each channel evenly.</summary>
    public static RgbImage Equalize(RgbImage image) => ByHistogram(image, histogram =>
    {
        var step = (histogram.Sum() - histogram.Last(count => count > 0)) / byte.MaxValue;
        if (step == 0)
        {
            return value => value;
        }

        var below = new int[Values];
        for (var value = 1; value < Values; value++)
        {
            below[value] = below[value - 1] + histogram[value - 1];
        }

        return value => (step / 2 + below[value]) / step;
    });

    /// <summary>Keeps the highest bits of each value.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="bits">How many, 1 to 8.</param>
    public static RgbImage Posterize(RgbImage image, int bits) => Map(image, (_, value) => value & ~((1 << (8 - bits)) - 1));

    /// <summary>Inverts all values from a threshold on.</summary>
    public static RgbImage Solarize(RgbImage image, double threshold) =>
        Map(image, (_, value) => value < threshold ? value : byte.MaxValue - value);

    /// <summary>Adds to all values, and inverts those that then are 128 or more.</summary>
    public static RgbImage SolarizeAdd(RgbImage image, double addition) =>
        Solarize(Map(image, (_, value) => (int)(value + addition)), threshold: 128);

    private static RgbImage ByHistogram(RgbImage image, Func<int[], Func<int, int>> mapOf)
    {
        Func<int, int>[] maps = [.. Enumerable.Range(0, Channels).Select(channel => mapOf(Histogram(image, channel)))];
        return Map(image, (channel, value) => maps[channel](value));
    }

    private static int[] Histogram(RgbImage image, int channel)
    {
        var counts = new int[Values];
        for (var i = channel; i < image.Pixels.Length; i += Channels)
        {
            counts[image.Pixels[i]]++;
        }

        return counts;
    }

    private static RgbImage Map(RgbImage image, Func<int, int, int> map)
    {
        var table = new byte[Channels * Values];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (byte)Math.Clamp(map(i / Values, i % Values), byte.MinValue, byte.MaxValue);
        }

        var mapped = new byte[image.Pixels.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = table[i % Channels * Values + image.Pixels[i]];
        }

        return new(image.Width, image.Height, mapped);
    }
}
