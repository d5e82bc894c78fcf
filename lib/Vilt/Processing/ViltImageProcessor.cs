using System.Runtime.InteropServices;
using TorchSharp;
using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Turns pictures into ViLT's pixel values: scaled so that the shorter side is <see cref="ShortestEdge"/>, cut to
/// multiples of <see cref="SizeDivisor"/>, rescaled and normalized (transformers' <c>ViltImageProcessor</c>).</summary>
public sealed record ViltImageProcessor
{
    private static readonly Scalar Real = 1.ToScalar(); // in the pixel mask

    /// <summary>Length of the shorter side in pixels, unless the longer one would exceed 1333/800 of it.</summary>
    public int ShortestEdge { get; init; } = 384;

    /// <summary>Each side is cut to a multiple of this many pixels: the size of a patch.</summary>
    public int SizeDivisor { get; init; } = 32;

    /// <summary>What an 8-bit value is multiplied by before it is normalized.</summary>
    public double RescaleFactor { get; init; } = 1.0 / 255;

    /// <summary>Mean of the rescaled red, green and blue, which is subtracted.</summary>
    public IReadOnlyList<float> ImageMean { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Standard deviation of the rescaled red, green and blue, which is divided by.</summary>
    public IReadOnlyList<float> ImageStd { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Reads <c>preprocessor_config.json</c> of a folder in Hugging Face's layout.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not JSON, or a field has a value that ViLT's picture processor does not support.
    /// </exception>
    public static ViltImageProcessor Read(string folder) => PreprocessorConfig.Read(folder);

    /// <summary>Writes <c>preprocessor_config.json</c> as transformers reads it.</summary>
    /// <param name="folder">The folder, which must exist.</param>
    public void Write(string folder) => PreprocessorConfig.Write(this, folder);

    /// <summary>The size that a picture is resized to (transformers' <c>get_resize_output_image_size</c>).</summary>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <returns>Height and width in pixels; 0 for a side too short, next to the other, to keep one patch.</returns>
    public (int Height, int Width) GetResizedSize(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var longest = (int)(1333.0 / 800 * ShortestEdge);
        var scale = (double)ShortestEdge / Math.Min(height, width);
        var newHeight = height < width ? ShortestEdge : scale * height;
        var newWidth = height < width ? scale * width : ShortestEdge;
        if (Math.Max(newHeight, newWidth) > longest)
        {
            scale = longest / Math.Max(newHeight, newWidth);
            (newHeight, newWidth) = (scale * newHeight, scale * newWidth);
        }

        return (CutToPatches(newHeight), CutToPatches(newWidth));

        int CutToPatches(double length) => (int)(length + 0.5) / SizeDivisor * SizeDivisor;
    }

    /// <summary>Resizes a picture as Pillow does it: antialiased, bicubic, the same in every 8-bit value.</summary>
    /// <param name="image">The picture.</param>
    /// <exception cref="ArgumentException">The picture is so long and thin that no patch of it would remain.</exception>
    public RgbImage Resize(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var read = 0;
        return Resize(image.Height, image.Width, rows =>
        {
            image.Pixels.AsSpan(read, rows.Length).CopyTo(rows);
            read += rows.Length;
        });
    }

    /// <summary>Reads a picture file and resizes it while it is decoded: the same as <see cref="Resize(RgbImage)"/> of
    /// <see cref="RgbImage.Read"/>, in less time and memory.</summary>
    /// <param name="path">The picture file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is empty, cut short, broken, not a picture, too large, or so long and thin that no patch of it would remain.
    /// </exception>
    public RgbImage Resize(string path)
    {
        using var picture = PictureReader.Open(path);
        if (Problem(picture.Height, picture.Width) is { } problem)
        {
            throw new InvalidDataException($"\"{path}\": {problem}");
        }

        return Resize(picture.Height, picture.Width, picture.ReadRows);
    }

    private RgbImage Resize(int fromHeight, int fromWidth, BicubicResampling.RowReader read)
    {
        var (height, width) = GetResizedSize(fromHeight, fromWidth);
        if (Problem(fromHeight, fromWidth) is { } problem)
        {
            throw new ArgumentException(problem);
        }

        return BicubicResampling.Resize(fromHeight, fromWidth, read, height, width);
    }

    private string? Problem(int fromHeight, int fromWidth)
    {
        var (height, width) = GetResizedSize(fromHeight, fromWidth);
        return height > 0 && width > 0 ? null : $"A picture of {fromWidth}×{fromHeight} pixels is too long and thin: resized to {width}×{height}, "
            + $"it has no patch of {SizeDivisor}×{SizeDivisor} left. Crop its longer side.";
    }

    /// <summary>Resizes, rescales and normalizes a picture.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>Pixel values, (3, H, W) float32; the caller owns the tensor.</returns>
    /// <exception cref="ArgumentException">The picture is so long and thin that no patch of it would remain.</exception>
    public Tensor Encode(RgbImage image) => Normalize(Resize(image));

    /// <summary>Rescales and normalizes a picture that <see cref="Resize(RgbImage)"/> returned.</summary>
    /// <param name="resized">The picture.</param>
    /// <returns>Pixel values, (3, H, W) float32; the caller owns the tensor.</returns>
    public Tensor Normalize(RgbImage resized)
    {
        ArgumentNullException.ThrowIfNull(resized);
        var pixels = resized.Pixels;
        var count = pixels.Length / 3;
        var encoded = empty(3, resized.Height, resized.Width);
        var values = MemoryMarshal.Cast<byte, float>(encoded.bytes); // filled in place: no copy, nothing to collect
        for (var channel = 0; channel < 3; channel++)
        {
            var normalized = NormalizedValues(channel);
            var plane = values.Slice(channel * count, count);
            for (var i = 0; i < count; i++)
            {
                plane[i] = normalized[pixels[i * 3 + channel]];
            }
        }

        return encoded;
    }

    /// <summary>Pads pictures of different sizes with 0, on the right and at the bottom, to the largest height and width among them
    /// (transformers' <c>ViltImageProcessor.pad</c>).</summary>
    /// <param name="pictures">Pixel values, (3, h, w) each, one or more.</param>
    /// <returns>Pixel values (B, 3, H, W), and a mask (B, H, W) int64: 1 for a pixel, 0 for padding; the caller owns both.</returns>
    /// <exception cref="ArgumentException">There is no picture, or one has another shape.</exception>
    public static (Tensor PixelValues, Tensor PixelMask) Pad(IReadOnlyList<Tensor> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.Count == 0 || pictures.FirstOrDefault(picture => picture.dim() != 3) is not null)
        {
            throw new ArgumentException("Pictures to pad are (3, h, w) each, one or more.", nameof(pictures));
        }

        long height = pictures.Max(picture => picture.shape[1]), width = pictures.Max(picture => picture.shape[2]);
        var first = pictures[0];
        var values = zeros([pictures.Count, first.shape[0], height, width], first.dtype, first.device); // (B, 3, H, W)
        var mask = zeros([pictures.Count, height, width], int64, first.device); // (B, H, W)
        using IDisposable scope = NewDisposeScope(); // for the views
        for (var i = 0; i < pictures.Count; i++)
        {
            var (rows, columns) = (pictures[i].shape[1], pictures[i].shape[2]);
            values[i].narrow(1, 0, rows).narrow(2, 0, columns).copy_(pictures[i]); // (3, h, w)
            mask[i].narrow(0, 0, rows).narrow(1, 0, columns).fill_(Real); // (h, w)
        }

        return (values, mask);
    }

    /// <summary>Turns pixel values back into a picture: x · std + mean, brought back to 0…255, clipped and rounded.</summary>
    /// <param name="pixelValues">Pixel values, (3, H, W), of any floating type and on any device.</param>
    /// <exception cref="ArgumentException">The tensor has another shape.</exception>
    public RgbImage Denormalize(Tensor pixelValues)
    {
        ArgumentNullException.ThrowIfNull(pixelValues);
        if (pixelValues.shape is not [3, > 0, > 0])
        {
            throw new ArgumentException($"Pixel values of one picture are (3, H, W), not ({string.Join(", ", pixelValues.shape)}).", nameof(pixelValues));
        }

        var (height, width) = ((int)pixelValues.shape[1], (int)pixelValues.shape[2]);
        using IDisposable scope = NewDisposeScope();
        var values = pixelValues.detach().cpu().to_type(float32).contiguous().data<float>().ToArray();
        var pixels = new byte[values.Length]; // (H, W, 3)
        for (var i = 0; i < pixels.Length; i++)
        {
            var channel = i % 3;
            var value = (values[channel * height * width + i / 3] * ImageStd[channel] + ImageMean[channel]) / RescaleFactor;
            pixels[i] = (byte)Math.Clamp(Math.Round(value), byte.MinValue, byte.MaxValue);
        }

        return new RgbImage(width, height, pixels);
    }

    // There are only 256 of them. The product is rounded to float32 before normalization, as in transformers.
    private float[] NormalizedValues(int channel)
    {
        var values = new float[byte.MaxValue + 1];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ((float)(i * RescaleFactor) - ImageMean[channel]) / ImageStd[channel];
        }

        return values;
    }
}
