using System.Buffers;
using SkiaSharp;

namespace Vilt.Data;

/// <summary>
/// Decodes a picture file with SkiaSharp to what Pillow's <c>convert("RGB")</c> gives, row by row from the top. Of a JPEG only a few
/// rows are in memory at a time: getting fresh memory for a whole photograph can take as long as decoding it.
/// </summary>
internal sealed class PictureReader : IDisposable
{
    /// <summary>Where Pillow begins to warn of a "decompression bomb" (<c>Image.MAX_IMAGE_PIXELS</c>).</summary>
    private const long MaxPixels = 89_478_485;

    private const int StripBytes = 1 << 18; // stays in a core's cache until it is converted

    private readonly SKCodec codec;
    private readonly RgbConversion toRgb;
    private readonly string path;
    private readonly bool isWhole; // all rows are in the buffer; else those read last
    private readonly byte[] rgba; // (rows, W, 4)
    private int next;

    private PictureReader(SKCodec codec, RgbConversion toRgb, string path)
    {
        (this.codec, this.toRgb, this.path, Width, Height) = (codec, toRgb, path, codec.Info.Width, codec.Info.Height);
        isWhole = codec.EncodedFormat != SKEncodedImageFormat.Jpeg;
        StripRows = isWhole ? Height : Math.Clamp(StripBytes / (Width * 4), 1, Height);
        rgba = ArrayPool<byte>.Shared.Rent(StripRows * Width * 4);
        Start();
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    private int StripRows { get; }

    /// <summary>Opens a picture file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty, cut short, broken, not a picture, or too large.</exception>
    public static PictureReader Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no picture file \"{path}\".", path);
        }

        using var stream = File.OpenRead(path);
        if (stream.Length > int.MaxValue)
        {
            throw new InvalidDataException($"\"{path}\" ({stream.Length} bytes) is larger than any picture: expected PNG, JPEG, GIF, BMP or WebP.");
        }

        return Open(SKData.Create(stream), path);
    }

    /// <summary>Opens a picture file that is in memory.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">What an error calls it.</param>
    /// <exception cref="InvalidDataException">It is empty, cut short, broken, not a picture, or too large.</exception>
    public static PictureReader Open(byte[] file, string name) => Open(SKData.CreateCopy(file), name);

    private static PictureReader Open(SKData file, string path)
    {
        using var data = file;
        var bytes = data.AsSpan();
        var sixteenBitGray = PngFile.IsSixteenBitGray(bytes);
        using var grayAndAlpha = sixteenBitGray ? SKData.CreateCopy(PngFile.AsGrayAndAlpha(bytes)) : null;
        var codec = SKCodec.Create(grayAndAlpha ?? data)
            ?? throw new InvalidDataException($"\"{path}\" ({bytes.Length} bytes) is not a picture, or is one cut short: expected PNG, JPEG, GIF, BMP or WebP.");
        try
        {
            Check(codec, bytes, path);
            return new PictureReader(codec, sixteenBitGray ? RgbConversions.FromGrayAndAlpha : RgbConversions.Of(codec.EncodedFormat, bytes), path);
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    /// <summary>Decodes the next rows.</summary>
    /// <param name="rows">As many whole rows as wanted, (rows, W, 3); no more than are left.</param>
    /// <exception cref="InvalidDataException">The file is cut short or broken.</exception>
    public void ReadRows(Span<byte> rows)
    {
        var length = Width * 3;
        while (!rows.IsEmpty)
        {
            var count = Math.Min(rows.Length / length, StripRows);
            toRgb(NextRows(count), rows[..(count * length)]);
            rows = rows[(count * length)..];
        }
    }

    /// <summary>Decodes the whole picture; no row must have been read before.</summary>
    /// <exception cref="InvalidDataException">The file is cut short or broken.</exception>
    public RgbImage ReadAll()
    {
        var pixels = GC.AllocateUninitializedArray<byte>(3 * Width * Height);
        ReadRows(pixels);
        return new RgbImage(Width, Height, pixels);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(rgba);
        codec.Dispose();
    }

    private static void Check(SKCodec codec, ReadOnlySpan<byte> file, string path)
    {
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaxPixels)
        {
            throw new InvalidDataException($"\"{path}\" has {width}×{height} pixels, over the limit of {MaxPixels}: make the picture smaller first.");
        }

        if (PictureFile.IsCutShort(file, codec.EncodedFormat))
        {
            throw CutShort(path);
        }
    }

    // No color space and unpremultiplied alpha: Skia then leaves every value as it is in the file.
    private unsafe void Start()
    {
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul;
        var info = new SKImageInfo(Width, Height, SKColorType.Rgba8888, alpha, null);
        SKCodecResult result;
        fixed (byte* start = rgba)
        {
            result = isWhole ? codec.GetPixels(info, (nint)start) : codec.StartScanlineDecode(info);
        }

        if (result == SKCodecResult.IncompleteInput)
        {
            throw CutShort(path);
        }

        if (result != SKCodecResult.Success)
        {
            throw new InvalidDataException($"\"{path}\" is a broken {codec.EncodedFormat} picture ({result}): get a complete copy of it.");
        }
    }

    private unsafe Span<byte> NextRows(int count)
    {
        int length = Width * 4, first = isWhole ? next : 0;
        if (!isWhole)
        {
            fixed (byte* start = rgba)
            {
                if (codec.GetScanlines((nint)start, count, length) < count)
                {
                    throw CutShort(path);
                }
            }
        }

        next += count;
        return rgba.AsSpan(first * length, count * length);
    }

    private static InvalidDataException CutShort(string path) => new($"\"{path}\" is a picture cut short: get a complete copy of it.");
}
