using System.Runtime.Intrinsics;
using SkiaSharp;

namespace Vilt.Data;

/// <summary>Decodes picture files with SkiaSharp to what Pillow's <c>convert("RGB")</c> gives.</summary>
internal static class PictureDecoder
{
    /// <summary>Where Pillow begins to warn of a "decompression bomb" (<c>Image.MAX_IMAGE_PIXELS</c>).</summary>
    private const long MaxPixels = 89_478_485;

    private static readonly Vector128<byte> WithoutAlpha = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);

    public static RgbImage Decode(byte[] file, string path)
    {
        bool sixteenBitGray = PngFile.IsSixteenBitGray(file);
        using SKData data = SKData.CreateCopy(sixteenBitGray ? PngFile.AsGrayAndAlpha(file) : file);
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new InvalidDataException($"\"{path}\" ({file.Length} bytes) is not a picture, or one cut short: expected PNG, JPEG, GIF, BMP or WebP.");
        (int width, int height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaxPixels)
            throw new InvalidDataException($"\"{path}\" has {width}×{height} pixels, over the limit of {MaxPixels}: make the picture smaller first.");
        if (PictureFile.IsCutShort(file, codec.EncodedFormat)) throw CutShort(path);

        byte[] rgba = Pixels(codec, path);
        return new RgbImage(width, height, sixteenBitGray ? FromGrayAndAlpha(rgba) : codec.EncodedFormat switch
        {
            SKEncodedImageFormat.Gif => DropAlpha(FillTransparent(rgba, PictureFile.GifTransparentColor(file))),
            SKEncodedImageFormat.Bmp when PictureFile.IsSixteenBitBmp(file, out int greenBits) => RoundDown(DropAlpha(rgba), greenBits),
            _ => DropAlpha(rgba),
        });
    }

    // No color space and unpremultiplied alpha: Skia then leaves every value as it stands in the file.
    private static unsafe byte[] Pixels(SKCodec codec, string path)
    {
        bool opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        SKImageInfo info = new(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, null);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(info.BytesSize);
        SKCodecResult result;
        fixed (byte* start = pixels) result = codec.GetPixels(info, (nint)start);
        return result switch
        {
            SKCodecResult.Success => pixels,
            SKCodecResult.IncompleteInput => throw CutShort(path),
            _ => throw new InvalidDataException($"\"{path}\" is a broken {codec.EncodedFormat} picture ({result}): get a whole copy of it."),
        };
    }

    private static InvalidDataException CutShort(string path) => new($"\"{path}\" is a picture cut short: get a whole copy of it.");

    private static byte[] DropAlpha(byte[] rgba)
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(rgba.Length / 4 * 3);
        int from = 0, to = 0;
        for (; to <= rgb.Length - Vector128<byte>.Count; from += 16, to += 12) // four pixels, and four bytes that the next ones overwrite
            Vector128.Shuffle(Vector128.Create(rgba, from), WithoutAlpha).CopyTo(rgb, to);
        for (; from < rgba.Length; from += 4, to += 3) rgba.AsSpan(from, 3).CopyTo(rgb.AsSpan(to));
        return rgb;
    }

    // The two bytes of a 16-bit gray, read as gray and alpha. Pillow turns them to 8 bits by cutting off at 255.
    private static byte[] FromGrayAndAlpha(byte[] rgba)
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(rgba.Length / 4 * 3);
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
            rgb.AsSpan(to, 3).Fill(rgba[from] > 0 ? byte.MaxValue : rgba[from + 3]);
        return rgb;
    }

    // Skia leaves transparent pixels of a GIF empty; for Pillow they are indices into the palette as any other.
    private static byte[] FillTransparent(byte[] rgba, (byte Red, byte Green, byte Blue) color)
    {
        for (int pixel = 0; pixel < rgba.Length; pixel += 4)
            if (rgba[pixel + 3] == 0) (rgba[pixel], rgba[pixel + 1], rgba[pixel + 2]) = color;
        return rgba;
    }

    // From 5 or 6 bits to 8 Skia rounds to nearest, Pillow rounds down.
    private static byte[] RoundDown(byte[] rgb, int greenBits)
    {
        for (int i = 0; i < rgb.Length; i++)
        {
            int most = (1 << (i % 3 == 1 ? greenBits : 5)) - 1;
            int value = (rgb[i] * most + 127) / 255;
            rgb[i] = (byte)(value * 255 / most);
        }
        return rgb;
    }
}
