using SkiaSharp;

namespace Vilt.Data;

/// <summary>A picture of 8-bit red, green and blue values, row by row, the three values of a pixel side by side.</summary>
public sealed class RgbImage
{
    /// <summary>Makes a picture from its values.</summary>
    /// <param name="width">Pixels in a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">The values, height · width · 3 of them. The picture keeps this array, not a copy.</param>
    /// <exception cref="ArgumentException">A side is not positive, or the number of values does not fit.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.LongLength != 3L * width * height)
        {
            throw new ArgumentException($"A picture of {width}×{height} has {3L * width * height} values, not {pixels.LongLength}.", nameof(pixels));
        }

        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row: (Height, Width, 3).</summary>
    public byte[] Pixels { get; }

    /// <summary>Reads a PNG, JPEG, GIF, BMP or WebP file as Pillow's <c>Image.open(path).convert("RGB")</c> does: the first
    /// frame, transparency dropped and not blended, an EXIF orientation and color profiles not applied.</summary>
    /// <param name="path">The picture file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is empty, cut short, broken, not a picture, or too large.</exception>
    public static RgbImage Read(string path)
    {
        using var picture = PictureReader.Open(path);
        return picture.ReadAll();
    }

    /// <summary>The picture as the bytes of a PNG file, without loss.</summary>
    public byte[] EncodePng()
    {
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var padded = new byte[info.BytesSize];
        for (int from = 0, to = 0; from < Pixels.Length; from += 3, to += 4)
        {
            Pixels.AsSpan(from, 3).CopyTo(padded.AsSpan(to));
            padded[to + 3] = byte.MaxValue;
        }

        using var image = SKImage.FromPixelCopy(info, padded);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
