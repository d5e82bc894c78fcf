using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>The picture that an explanation compares with: one that shows nothing.</summary>
public enum PictureBaseline
{
    /// <summary>Pixel values of 0, which is mid-gray for a model that subtracts 0.5.</summary>
    Zero,

    /// <summary>The picture's own mean color.</summary>
    Mean,

    /// <summary>The mean colors of squares of 32 pixels, blended into each other.</summary>
    Blur,
}

internal static class PictureBaselines
{
    private const long Square = 32;

    /// <summary>The baseline of pixel values (1, 3, H, W), in their shape.</summary>
    internal static Tensor Of(this PictureBaseline baseline, Tensor pixelValues) => baseline switch
    {
        PictureBaseline.Zero => zeros_like(pixelValues),
        PictureBaseline.Mean => pixelValues.mean([2, 3], keepdim: true).expand_as(pixelValues), // (1, 3, 1, 1) to (1, 3, H, W)
        PictureBaseline.Blur => nn.functional.interpolate(
            nn.functional.adaptive_avg_pool2d(pixelValues, [Squares(pixelValues.shape[2]), Squares(pixelValues.shape[3])]), // (1, 3, h, w)
            pixelValues.shape[2..], mode: InterpolationMode.Bilinear, align_corners: false), // (1, 3, H, W)
        _ => throw new ArgumentOutOfRangeException(nameof(baseline), baseline, "There is no such baseline."),
    };

    private static long Squares(long length) => Math.Max(1, length / Square);
}
