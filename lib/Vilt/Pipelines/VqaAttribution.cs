using Vilt.Attribution;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>
/// The arguments of attribution methods and measures, for callers that use them without
/// <see cref="VqaPipeline.Explain(PictureSource, string, ExplainOptions, IProgress{AttributionProgress}, CancellationToken)"/>.
/// </summary>
/// <example>
/// <code>
/// var arguments = vqa.Arguments("zebra.png", "how many zebras are on the picture");
/// var area = new PatchCurves(vqa.Wrapped, patchSize: 16) { Picture = 1 }.Deletion(arguments, order).Area;
/// </code>
/// </example>
public static class VqaAttribution
{
    /// <summary>The inputs and baselines of a question about a picture, as <see cref="ExplainOptions.Method"/> gets them.</summary>
    /// <param name="vqa">The model.</param>
    /// <param name="picture">A file's path, or a picture.</param>
    /// <param name="question">The question; a long one is cut to the length that the model takes.</param>
    /// <param name="options">Which answer, in comparison with what; null: the most probable one, with a picture of zeros.</param>
    /// <returns>Token ids (1, L) and pixel values (1, 3, H, W), with masks and token types; the tensors are the caller's.</returns>
    /// <exception cref="IOException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The picture can't be read, or scores are not finite.</exception>
    /// <exception cref="ArgumentException">The answer is not one of the model's.</exception>
    public static AttributionArguments Arguments(
        this VqaPipeline vqa, PictureSource picture, string question, ExplainOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(vqa);
        ArgumentNullException.ThrowIfNull(picture);
        options ??= new();
        using var scope = NewDisposeScope();
        var encoded = vqa.Processor.EncodeResized(picture.Resized(vqa.Processor.ImageProcessor), question);
        var batch = Collator.Collate([encoded]).To(vqa.Device);
        var baseline = options.Baseline.Of(batch.PixelValues);
        var arguments = vqa.Arguments(batch, baseline, options.Target ?? vqa.Ask(batch, top: 1)[0][0].Answer, options.InternalBatchSize);
        scope.MoveToOuter([batch.InputIds, batch.PixelValues, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds, baseline]);
        return arguments;
    }

    /// <summary>The forward function of <see cref="AttentionRollout"/> and <see cref="AttentionRelevance"/>.</summary>
    /// <param name="vqa">The model.</param>
    /// <param name="inputs">Token ids, pixel values, masks and token types, in the order of <see cref="Model.ViltLogits"/>.</param>
    /// <returns>Logits (B, answers), and attention weights (B, heads, tokens, tokens) of each layer; the caller disposes them.</returns>
    public static AttentionOutput Attend(this VqaPipeline vqa, IReadOnlyList<Tensor?> inputs)
    {
        ArgumentNullException.ThrowIfNull(vqa);
        ArgumentNullException.ThrowIfNull(inputs);
        var output = vqa.Model.forward(inputs[0]!, inputs[1]!, inputs[2], inputs[3], inputs[4], outputAttentions: true);
        return new(output.Logits, output.Attentions!);
    }

    /// <summary>The same for a batch that is already encoded and on the model's device.</summary>
    internal static AttributionArguments Arguments(this VqaPipeline vqa, ViltBatch batch, Tensor baseline, string target, int? internalBatchSize) =>
        new([batch.InputIds, batch.PixelValues])
        {
            Baselines = [vqa.Processor.Tokenizer.PadTokenId, baseline],
            Target = vqa.IdOf(target),
            AdditionalForwardArgs = [batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds],
            InternalBatchSize = internalBatchSize,
        };
}
