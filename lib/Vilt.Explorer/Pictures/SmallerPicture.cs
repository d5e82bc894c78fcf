using SkiaSharp;
using Vilt.Data;

namespace Vilt.Explorer.Pictures;

/// <summary>A picture for the page, encoded anew: what was sent is never sent on.</summary>
internal static class SmallerPicture
{
    private const int Quality = 90;

    /// <summary>Writes a picture as JPEG, its longer side at most this many pixels.</summary>
    public static byte[] Jpeg(string path, int longest)
    {
        var picture = RgbImage.Read(path);
        using var bitmap = Bitmap(picture);
        var scale = Math.Min(1, (double)longest / Math.Max(picture.Width, picture.Height));
        var size = new SKImageInfo(Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        using var smaller = scale < 1 ? bitmap.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)) : bitmap.Copy();
        using var data = smaller.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return data.ToArray();
    }

    private static SKBitmap Bitmap(RgbImage picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (int from = 0, to = 0; from < picture.Pixels.Length; from += 3, to += 4)
        {
            picture.Pixels.AsSpan(from, 3).CopyTo(pixels[to..]);
            pixels[to + 3] = byte.MaxValue;
        }

        return bitmap;
    }
}
