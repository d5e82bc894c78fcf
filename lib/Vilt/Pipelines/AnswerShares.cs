using TorchSharp;
using Vilt.Attribution;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Visuals;
using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>What the parts of an input add to an answer's score.</summary>
/// <param name="Words">What each token adds.</param>
/// <param name="Pixels">What each pixel adds, summed over its color channels, (rows, columns).</param>
internal sealed record AnswerShares(float[] Words, double[,] Pixels)
{
    /// <summary>Reads the attributions of a batch of one.</summary>
    /// <exception cref="ArgumentException">They are neither the text's and the pixels' nor the tokens'.</exception>
    /// <exception cref="InvalidDataException">They are not finite.</exception>
    internal static AnswerShares From(AttributionResult result, ViltBatch batch, ViltForQuestionAnswering model)
    {
        var attributions = result.Attributions is [{ } tokens] && tokens.dim() == 2
            ? OfTokens(tokens, batch, model)
            : result.Attributions;
        if (attributions is not [{ } words, { } pixels] || words.dim() is not (2 or 3)
            || !words.shape.Take(2).SequenceEqual(batch.InputIds.shape) || !pixels.shape.SequenceEqual(batch.PixelValues.shape))
        {
            throw new ArgumentException(
                $"The method gives attributions of ({string.Join("), (", attributions.Select(one => string.Join(", ", one.shape)))}); "
                + "expected two, the text's, (1, L) or (1, L, D), and the pixels', (1, 3, H, W), or one of all tokens.", nameof(result));
        }

        var byWord = words.dim() == 2 ? words.to_type(float32) : words.to_type(float32).sum(dim: 2); // (1, L, D) to (1, L)
        var byChannel = pixels.Finite("attributions to pixels").to_type(float32)[0].cpu(); // (3, H, W)
        return new(
            byWord.Finite("attributions to words")[0].cpu().data<float>().ToArray(),
            AttributionNormalization.SumOverChannels((float[,,])byChannel.data<float>().ToNDArray()));
    }

    /// <summary>(1, L + 1 + P) to (1, L) and (1, 3, H, W): a patch's share is spread evenly over its pixels and their channels.</summary>
    private static Tensor[] OfTokens(Tensor tokens, ViltBatch batch, ViltForQuestionAnswering model)
    {
        var (words, patches) = model.SplitTokens(tokens, batch.InputIds, batch.PixelValues); // (1, L), (1, rows, columns)
        long side = model.Config.PatchSize, channels = batch.PixelValues.shape[1];
        using var values = (side * side * channels).ToScalar();
        var pixels = patches.repeat_interleave(side, 1).repeat_interleave(side, 2).div(values); // (1, H, W)
        return [words, pixels.unsqueeze(1).expand_as(batch.PixelValues)];
    }
}
