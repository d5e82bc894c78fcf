using static TorchSharp.torch;

namespace Vilt.Evaluation;

/// <summary>What replaces deleted patches of a picture.</summary>
public enum PatchReplacement
{
    /// <summary>Pixel values of 0, which is mid-gray for a model that subtracts 0.5.</summary>
    Zeros,

    /// <summary>The picture's own mean color.</summary>
    Mean,

    /// <summary>The picture, blurred by a Gaussian whose standard deviation is the side of a patch.</summary>
    Blur,
}

/// <summary>Pictures in which everything is deleted.</summary>
public static class DeletedPictures
{
    /// <summary>The picture with every patch replaced.</summary>
    /// <param name="pixels">(1, channels, height, width)</param>
    /// <param name="replacement">What replaces them.</param>
    /// <param name="patchSize">Side of a patch.</param>
    public static Tensor Of(Tensor pixels, PatchReplacement replacement, int patchSize) => replacement switch
    {
        PatchReplacement.Zeros => zeros_like(pixels),
        PatchReplacement.Mean => pixels.mean([2, 3], keepdim: true).expand_as(pixels),
        PatchReplacement.Blur => Gaussian(pixels.shape[2], patchSize, pixels).matmul(pixels).matmul(Gaussian(pixels.shape[3], patchSize, pixels).t()),
        _ => throw new ArgumentOutOfRangeException(nameof(replacement), replacement, "There is no such replacement."),
    };

    // (size, size): row i holds the weights of all pixels in pixel i, which sum to 1 at the edges too.
    private static Tensor Gaussian(long size, double deviation, Tensor like)
    {
        var weights = new float[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                weights[i, j] = (float)Math.Exp(-Math.Pow((i - j) / deviation, 2) / 2);
            }
        }

        var kernel = tensor(weights).to(like.dtype, like.device);
        return kernel.div_(kernel.sum(1, keepdim: true));
    }
}
