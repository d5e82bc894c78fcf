using TorchSharp;
using TorchSharp.Modules;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>ViLT with an answer head: one logit per answer. Parameter names are those of transformers' class of this name.</summary>
/// <remarks>
/// The head reads only the first token, so a forward pass leaves out what that does not depend on: text beyond the longest in the
/// batch (after the word table), and the other tokens of the last block. Logits are the same up to rounding.
/// <para>
/// Moved to bfloat16, <c>model.to(ScalarType.BFloat16)</c>, it answers and is explained faster if the processor has such
/// instructions, with eight bits of precision: for ViLT-B/32 with random weights, the first five logits were off by up to 0.006 where they
/// reach 0.8, and with 30 steps of Layer Integrated Gradients the words' sum by 3 % and the pixels' by 5 %, with a convergence delta of
/// 0.01 instead of 2e-6. This holds where oneDNN multiplies and attention, too, is computed entirely in bfloat16. Logits and attributions
/// are float32 either way. To train, leave the model as it is and set <c>TrainingOptions.BFloat16</c>.
/// </para>
/// </remarks>
public sealed class ViltForQuestionAnswering : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, ViltOutput>
{
    private readonly ViltModel vilt;
    private readonly Sequential classifier;

    /// <inheritdoc cref="ViltModel(ViltConfig, long)"/>
    public ViltForQuestionAnswering(ViltConfig config, long seed = 0) : this(config, (long?)seed)
    {
    }

    /// <inheritdoc cref="ViltModel(ViltConfig, long?)"/>
    internal ViltForQuestionAnswering(ViltConfig config, long? seed) : base(nameof(ViltForQuestionAnswering))
    {
        vilt = new(config, seed: null);
        var width = 2 * config.HiddenSize;
        classifier = nn.Sequential(
            Blank.Linear(config.HiddenSize, width), nn.LayerNorm(width), nn.GELU(), Blank.Linear(width, config.Answers.Count));
        RegisterComponents();
        if (seed is long number)
        {
            WeightInitialization.Apply(this, config, number);
        }
    }

    /// <summary>The model's shape and answers.</summary>
    public ViltConfig Config => vilt.Config;

    /// <inheritdoc cref="ViltModel.WordEmbeddings"/>
    public nn.Module<Tensor, Tensor> WordEmbeddings => vilt.WordEmbeddings;

    /// <summary>The paths of the layers that hold the parameters, from the head down: head, pooler, last norm, blocks, embeddings.</summary>
    public IReadOnlyList<string> LayersFromHead =>
    [
        "classifier", "vilt.pooler", "vilt.layernorm",
        .. Enumerable.Range(0, Config.NumHiddenLayers).Reverse().Select(block => $"vilt.encoder.layer.{block}"), "vilt.embeddings",
    ];

    /// <summary>Scores every answer.</summary>
    /// <param name="inputIds">Token ids (B, L) int64, or embeddings (B, L, D) that have been looked up already.</param>
    /// <param name="pixelValues">Normalized pixels (B, C, H, W); H and W are multiples of the patch size.</param>
    /// <param name="attentionMask">(B, L): 1 for a token, 0 for padding; null: all 1.</param>
    /// <param name="pixelMask">(B, H, W): 1 for a pixel, 0 for padding; null, or on the meta device where it has no values: all 1.</param>
    /// <param name="tokenTypeIds">(B, L) int64; null: all 0.</param>
    /// <param name="labels">Soft targets (B, answers) from 0 to 1; with them the output has a loss: binary cross-entropy over
    /// all logits, times the number of answers (https://github.com/jnhwkim/ban-vqa, as in transformers).</param>
    /// <returns>Logits (B, answers) and the loss; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">A tensor has a wrong shape, type or value; the message names it.</exception>
    public override ViltOutput forward(
        Tensor inputIds, Tensor pixelValues, Tensor? attentionMask = null, Tensor? pixelMask = null, Tensor? tokenTypeIds = null, Tensor? labels = null)
    {
        using var scope = NewDisposeScope();
        var pooled = vilt.Pool(new(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds)); // (B, D)
        var logits = classifier.call(pooled).to_type(float32); // (B, answers)
        CheckLabels(labels, logits);
        using var answers = logits.shape[1].ToScalar();
        var loss = labels is null ? null : nn.functional.binary_cross_entropy_with_logits(logits, labels).mul(answers);
        loss?.MoveToOuterDisposeScope();
        return new(logits.MoveToOuterDisposeScope(), loss);
    }

    /// <summary>Scores every answer, and returns the attention weights that the scores come from, for methods that read them.</summary>
    /// <param name="inputIds">Token ids (B, L) int64.</param>
    /// <param name="pixelValues">Normalized pixels (B, C, H, W); H and W are multiples of the patch size.</param>
    /// <param name="attentionMask">(B, L): 1 for a token, 0 for padding; null: all 1.</param>
    /// <param name="pixelMask">(B, H, W): 1 for a pixel, 0 for padding; null: all 1.</param>
    /// <param name="tokenTypeIds">(B, L) int64; null: all 0.</param>
    /// <param name="outputAttentions">
    /// Whether to return the attention weights, which requires the slower, unfused attention of every token.
    /// </param>
    /// <returns>Logits (B, answers) and, if asked for, attention weights (B, H, S, S) of each block; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">A tensor has a wrong shape, type or value; the message names it.</exception>
    public ViltOutput forward(
        Tensor inputIds, Tensor pixelValues, Tensor? attentionMask, Tensor? pixelMask, Tensor? tokenTypeIds, bool outputAttentions)
    {
        if (!outputAttentions)
        {
            return call(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds, null);
        }

        using var scope = NewDisposeScope();
        var body = vilt.forward(
            inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds, outputHiddenStates: false, outputAttentions: true);
        var logits = classifier.call(body.PoolerOutput).to_type(float32); // (B, answers)
        var output = new ViltOutput(logits, null, body.Attentions);
        scope.MoveToOuter([logits, .. body.Attentions!]);
        return output;
    }

    /// <summary>
    /// Splits values of the tokens in the body's sequence, such as attention methods return, into those of words and those of patches.
    /// </summary>
    /// <param name="tokens">(B, L + 1 + P): text tokens, the picture's [CLS] patch, its patches.</param>
    /// <param name="inputIds">(B, L)</param>
    /// <param name="pixelValues">(B, C, H, W), none of it padding.</param>
    /// <returns>(B, L), and (B, rows, columns) of patches; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The sequence has another length: pictures of a batch have different sizes.</exception>
    public (Tensor Words, Tensor Patches) SplitTokens(Tensor tokens, Tensor inputIds, Tensor pixelValues)
    {
        long length = inputIds.shape[1], rows = pixelValues.shape[2] / Config.PatchSize, columns = pixelValues.shape[3] / Config.PatchSize;
        if (tokens.dim() != 2 || tokens.shape[1] != length + 1 + rows * columns)
        {
            throw new ArgumentException(
                $"tokens has shape ({string.Join(", ", tokens.shape)}); expected (B, {length} + 1 + {rows} · {columns}) for these texts and pictures.", nameof(tokens));
        }

        return (tokens.narrow(1, 0, length).clone(), tokens.narrow(1, length + 1, rows * columns).reshape(-1, rows, columns).clone());
    }

    /// <summary>Scores every answer for a batch, with the loss if it has labels.</summary>
    /// <param name="batch">The batch, on the model's device; it stays the caller's.</param>
    /// <returns>Logits (B, answers) and the loss; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the model; the message says where.</exception>
    public ViltOutput forward(ViltBatch batch) =>
        call(batch.InputIds, batch.PixelValues, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds, batch.Labels);

    private static void CheckLabels(Tensor? labels, Tensor logits)
    {
        if (labels is null || (labels.is_floating_point() && labels.shape.SequenceEqual(logits.shape)))
        {
            return;
        }

        throw new ArgumentException($"labels is {labels.dtype} ({string.Join(", ", labels.shape)}); "
            + $"expected floating-point ({string.Join(", ", logits.shape)}), one target for each of the model's answers.", nameof(labels));
    }
}
