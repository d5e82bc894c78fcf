using Microsoft.AspNetCore.Http;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Explorer.Asking;

/// <summary>Pictures with patches hidden, and the plain pictures that are put in their places.</summary>
internal static class HiddenPatches
{
    /// <summary>The plain picture that a baseline stands for.</summary>
    public static RgbImage Plain(this VqaPipeline vqa, RgbImage resized, PictureBaseline baseline)
    {
        using var scope = NewDisposeScope();
        var pixels = vqa.Processor.ImageProcessor.Normalize(resized).unsqueeze(0); // (1, 3, H, W)
        return vqa.Processor.ImageProcessor.Denormalize(DeletedPictures.Of(pixels, Replacement(baseline), vqa.Model.Config.PatchSize)[0]);
    }

    /// <summary>A picture, as the model sees it, with patches hidden.</summary>
    /// <exception cref="Refusal">There is no such patch.</exception>
    public static RgbImage Hide(this VqaPipeline vqa, RgbImage resized, IReadOnlyList<int> patches, PictureBaseline baseline)
    {
        if (patches.Count == 0)
        {
            return resized;
        }

        var side = vqa.Model.Config.PatchSize;
        int columns = resized.Width / side, all = resized.Height / side * columns;
        if (patches.Count > all || patches.Any(patch => patch < 0 || patch >= all))
        {
            throw new Refusal(StatusCodes.Status400BadRequest, $"The picture has patches 0 to {all - 1}, no others.");
        }

        var plain = vqa.Plain(resized, baseline);
        var pixels = (byte[])resized.Pixels.Clone();
        foreach (var patch in patches)
        {
            for (var row = patch / columns * side; row < (patch / columns + 1) * side; row++)
            {
                var from = 3 * (row * resized.Width + patch % columns * side);
                plain.Pixels.AsSpan(from, 3 * side).CopyTo(pixels.AsSpan(from));
            }
        }

        return new(resized.Width, resized.Height, pixels);
    }

    private static PatchReplacement Replacement(PictureBaseline baseline) => baseline switch
    {
        PictureBaseline.Mean => PatchReplacement.Mean,
        PictureBaseline.Blur => PatchReplacement.Blur,
        _ => PatchReplacement.Zeros,
    };
}
