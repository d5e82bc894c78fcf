using SkiaSharp;
using Vilt.Data;

namespace Vilt.Visuals;

/// <summary>Shows pictures of 8-bit RGB.</summary>
internal static class Pictures
{
    private const int LongestSide = 640;
    private const int SmallSide = 160;

    /// <summary>
    /// The picture as a PNG at a size that fits a notebook: large ones are reduced, tiny ones enlarged by a whole factor.
    /// </summary>
    internal static byte[] PngToShow(RgbImage picture)
    {
        var longest = Math.Max(picture.Width, picture.Height);
        if (longest is <= LongestSide and >= SmallSide)
        {
            return picture.EncodePng();
        }

        var scale = longest > LongestSide ? (double)LongestSide / longest : Math.Ceiling((double)SmallSide / longest);
        var width = Math.Max(1, (int)Math.Round(picture.Width * scale));
        var height = Math.Max(1, (int)Math.Round(picture.Height * scale));
        using var drawing = new Drawing(width, height);
        using var image = ToSkia(picture);
        var place = SKRect.Create(width, height);
        drawing.Canvas.DrawImage(image, place, Sampling(picture.Width, place));
        return drawing.ToPng();
    }

    /// <summary>The picture as an element that narrows with its page.</summary>
    internal static string Html(RgbImage picture) =>
        $"<img src=\"data:image/png;base64,{Convert.ToBase64String(PngToShow(picture))}\" alt=\"{Description(picture)}\" " +
        "style=\"max-width: 100%; height: auto\">";

    internal static string Description(RgbImage picture) => $"picture of {picture.Width}×{picture.Height} pixels";

    internal static SKImage ToSkia(RgbImage picture)
    {
        var rgba = new byte[picture.Width * picture.Height * 4];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            picture.Pixels.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = byte.MaxValue;
        }

        var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        return SKImage.FromPixelCopy(info, rgba);
    }

    // Enlarged: pixels stay squares. Reduced: averaged, or a single bright pixel might vanish.
    internal static SKSamplingOptions Sampling(int width, SKRect place) => place.Width >= width
        ? new SKSamplingOptions(SKFilterMode.Nearest)
        : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
}
