using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Vilt.Data;

/// <summary>Turns pixels as Skia decodes them, (pixels, 4), into Pillow's RGB, (pixels, 3).</summary>
internal delegate void RgbConversion(Span<byte> rgba, Span<byte> rgb);

/// <summary>Where Skia and Pillow's <c>convert("RGB")</c> differ, format by format.</summary>
internal static class RgbConversions
{
    private static readonly Vector128<byte> WithoutAlpha = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);

    /// <summary>The conversion for a file of this format.</summary>
    public static RgbConversion Of(SKEncodedImageFormat format, ReadOnlySpan<byte> file)
    {
        switch (format)
        {
            case SKEncodedImageFormat.Gif:
                var transparent = PictureFile.GifTransparentColor(file);
                return (rgba, rgb) =>
                {
                    FillTransparent(rgba, transparent);
                    DropAlpha(rgba, rgb);
                };
            case SKEncodedImageFormat.Bmp when PictureFile.IsSixteenBitBmp(file, out var greenBits):
                return (rgba, rgb) =>
                {
                    DropAlpha(rgba, rgb);
                    RoundDown(rgb, greenBits);
                };
            default:
                return DropAlpha;
        }
    }

    private static void DropAlpha(Span<byte> rgba, Span<byte> rgb)
    {
        int from = 0, to = 0;
        for (; to <= rgb.Length - Vector128<byte>.Count; from += 16, to += 12) // four pixels, and four bytes that the next ones overwrite
        {
            Vector128.Shuffle(Vector128.Create<byte>(rgba[from..]), WithoutAlpha).CopyTo(rgb[to..]);
        }

        for (; from < rgba.Length; from += 4, to += 3)
        {
            rgba.Slice(from, 3).CopyTo(rgb[to..]);
        }
    }

    // The two bytes of a 16-bit gray, read as gray and alpha. Pillow turns them to 8 bits by cutting off at 255.
    public static void FromGrayAndAlpha(Span<byte> rgba, Span<byte> rgb)
    {
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            rgb.Slice(to, 3).Fill(rgba[from] > 0 ? byte.MaxValue : rgba[from + 3]);
        }
    }

    // Skia leaves transparent pixels of a GIF empty; for Pillow they are indices into the palette like any other.
    private static void FillTransparent(Span<byte> rgba, (byte Red, byte Green, byte Blue) color)
    {
        for (var pixel = 0; pixel < rgba.Length; pixel += 4)
        {
            if (rgba[pixel + 3] == 0)
            {
                (rgba[pixel], rgba[pixel + 1], rgba[pixel + 2]) = color;
            }
        }
    }

    // From 5 or 6 bits to 8 Skia rounds to nearest, Pillow rounds down.
    private static void RoundDown(Span<byte> rgb, int greenBits)
    {
        for (var i = 0; i < rgb.Length; i++)
        {
            var most = (1 << (i % 3 == 1 ? greenBits : 5)) - 1;
            var value = (rgb[i] * most + 127) / 255;
            rgb[i] = (byte)(value * 255 / most);
        }
    }
}
