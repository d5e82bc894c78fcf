using TorchSharp.Modules;
using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>ViLT with a language-model head over its text tokens. Parameter names are those of transformers' class of this name.</summary>
public sealed class ViltForMaskedLM : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, Tensor?, ViltOutput>
{
    private readonly ViltModel vilt;
    private readonly MaskedLMHead mlm_score;

    /// <inheritdoc cref="ViltModel(ViltConfig, long)"/>
    public ViltForMaskedLM(ViltConfig config, long seed = 0) : this(config, (long?)seed)
    {
    }

    /// <inheritdoc cref="ViltModel(ViltConfig, long?)"/>
    internal ViltForMaskedLM(ViltConfig config, long? seed) : base(nameof(ViltForMaskedLM))
    {
        vilt = new(config, seed: null);
        mlm_score = new(config);
        RegisterComponents();
        if (seed is long number)
        {
            WeightInitialization.Apply(this, config, number);
        }
    }

    /// <summary>The model's shape.</summary>
    public ViltConfig Config => vilt.Config;

    /// <summary>The body, for objectives that need more than its text tokens.</summary>
    internal ViltModel Body => vilt;

    /// <summary>The head: (…, D) → (…, vocabulary).</summary>
    internal nn.Module<Tensor, Tensor> Head => mlm_score;

    /// <summary>Scores every word of the vocabulary for each text token.</summary>
    /// <param name="inputIds">Token ids (B, L) int64, or embeddings (B, L, D) that have been looked up already.</param>
    /// <param name="pixelValues">Normalized pixels (B, C, H, W); H and W are multiples of the patch size.</param>
    /// <param name="attentionMask">(B, L): 1 for a token, 0 for padding; null: all 1.</param>
    /// <param name="pixelMask">(B, H, W): 1 for a pixel, 0 for padding; null, or on the meta device where it has no values: all 1.</param>
    /// <param name="tokenTypeIds">(B, L) int64; null: all 0.</param>
    /// <param name="labels">
    /// Ids (B, L) int64 to predict, −100 where there is nothing to predict; with them the output has a loss: mean cross-entropy.
    /// </param>
    /// <returns>Logits (B, L, vocabulary) and the loss; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">A tensor has a wrong shape, type or value; the message names it.</exception>
    public override ViltOutput forward(
        Tensor inputIds, Tensor pixelValues, Tensor? attentionMask = null, Tensor? pixelMask = null, Tensor? tokenTypeIds = null, Tensor? labels = null)
    {
        using var scope = NewDisposeScope();
        var body = vilt.call(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds);
        var text = body.LastHiddenState.narrow(1, 0, inputIds.shape[1]); // (B, L, D)
        var logits = mlm_score.call(text); // (B, L, V)
        if (labels is not null && (labels.dtype != ScalarType.Int64 || !labels.shape.SequenceEqual([logits.shape[0], logits.shape[1]])))
        {
            throw new ArgumentException($"labels is {labels.dtype} ({string.Join(", ", labels.shape)}); expected int64 of inputIds' shape.", nameof(labels));
        }

        var loss = labels is null ? null : nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten());
        loss?.MoveToOuterDisposeScope();
        return new(logits.MoveToOuterDisposeScope(), loss);
    }
}

/// <summary>BERT's language-model head: a transform, then a score for each word.</summary>
internal sealed class MaskedLMHead : nn.Module<Tensor, Tensor>
{
    private readonly PredictionTransform transform;
    private readonly Linear decoder;
    private readonly Parameter bias;

    internal MaskedLMHead(ViltConfig config) : base(nameof(MaskedLMHead))
    {
        transform = new(config);
        // transformers ties decoder.bias to bias and saves one; here there is only one.
        decoder = Blank.Linear(config.HiddenSize, config.VocabSize, bias: false);
        bias = new(empty(config.VocabSize));
        RegisterComponents();
    }

    /// <summary>(B, L, D) → (B, L, vocabulary)</summary>
    public override Tensor forward(Tensor text) => decoder.call(transform.call(text)).Plus(bias);
}

/// <summary>Linear layer, GELU, layer norm.</summary>
internal sealed class PredictionTransform : nn.Module<Tensor, Tensor>
{
    private readonly Linear dense;
    private readonly LayerNorm LayerNorm;

    internal PredictionTransform(ViltConfig config) : base(nameof(PredictionTransform))
    {
        dense = Blank.Linear(config.HiddenSize, config.HiddenSize);
        LayerNorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        RegisterComponents();
    }

    /// <summary>(B, L, D) → (B, L, D)</summary>
    public override Tensor forward(Tensor text) => LayerNorm.call(nn.functional.gelu(dense.call(text)));
}
