using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilt.Model;

/// <summary>
/// The body of ViLT: one transformer over text tokens and picture patches (Kim et al. 2021, https://arxiv.org/abs/2102.03334).
/// Parameter names are those of transformers' <c>ViltModel</c>.
/// </summary>
public sealed class ViltModel : nn.Module<Tensor, Tensor, Tensor?, Tensor?, Tensor?, ViltModelOutput>
{
    private readonly ViltEmbeddings embeddings;
    private readonly ViltEncoder encoder;
    private readonly LayerNorm layernorm;
    private readonly ViltPooler pooler;

    /// <summary>A body with fresh weights.</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="ArgumentException">A field of the configuration has a value that no model can have.</exception>
    public ViltModel(ViltConfig config, long seed = 0) : this(config, (long?)seed)
    {
    }

    /// <param name="config">Its shape.</param>
    /// <param name="seed">null leaves the weights to the caller.</param>
    internal ViltModel(ViltConfig config, long? seed) : base(nameof(ViltModel))
    {
        config.Validate();
        Config = config;
        embeddings = new(config);
        encoder = new(config);
        layernorm = nn.LayerNorm(config.HiddenSize, config.LayerNormEps);
        pooler = new(config);
        RegisterComponents();
        if (seed is long number)
        {
            WeightInitialization.Apply(this, config, number);
        }
    }

    /// <summary>The model's shape.</summary>
    public ViltConfig Config { get; }

    /// <summary>The layer that turns token ids (B, L) into word embeddings (B, L, D): what text is attributed to.</summary>
    public nn.Module<Tensor, Tensor> WordEmbeddings => embeddings.WordEmbeddings;

    /// <inheritdoc cref="forward(Tensor, Tensor, Tensor, Tensor, Tensor, bool, bool)"/>
    public override ViltModelOutput forward(
        Tensor inputIds, Tensor pixelValues, Tensor? attentionMask = null, Tensor? pixelMask = null, Tensor? tokenTypeIds = null) =>
        forward(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds, outputHiddenStates: false);

    /// <summary>Runs the body.</summary>
    /// <param name="inputIds">Token ids (B, L) int64, or embeddings (B, L, D) that have been looked up already.</param>
    /// <param name="pixelValues">Normalized pixels (B, C, H, W); H and W are multiples of the patch size.</param>
    /// <param name="attentionMask">(B, L): 1 for a token, 0 for padding; null: all 1.</param>
    /// <param name="pixelMask">(B, H, W): 1 for a pixel, 0 for padding; null, or on the meta device where it has no values: all 1.</param>
    /// <param name="tokenTypeIds">(B, L) int64; null: all 0.</param>
    /// <param name="outputHiddenStates">Whether to return the embeddings and the output of each block.</param>
    /// <param name="outputAttentions">Whether to return the attention weights, which requires the slower, unfused attention.</param>
    /// <returns>The output, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">A tensor has a wrong shape, type or value; the message names it.</exception>
    public ViltModelOutput forward(
        Tensor inputIds, Tensor pixelValues, Tensor? attentionMask, Tensor? pixelMask, Tensor? tokenTypeIds,
        bool outputHiddenStates, bool outputAttentions = false)
    {
        using var scope = NewDisposeScope();
        List<Tensor>? hiddenStates = outputHiddenStates ? [] : null, attentions = outputAttentions ? [] : null;
        var (embedded, mask) = embeddings.call(
            new(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds), /* dropTextPadding: */ false); // (B, S, D), (B, S)
        var encoded = encoder.call(embedded, embedded.shape[1], Additive(mask, embedded.dtype), hiddenStates, attentions); // (B, S, D)
        hiddenStates?.Add(encoded);
        var last = layernorm.call(encoded);
        var output = new ViltModelOutput(last, pooler.call(last), hiddenStates, attentions);
        scope.MoveToOuter(output.Tensors);
        return output;
    }

    /// <summary>Only the pooler's output, (B, D), computing nothing that it does not depend on.</summary>
    internal Tensor Pool(ViltInputs inputs)
    {
        using var scope = NewDisposeScope();
        var (embedded, mask) = embeddings.call(inputs, /* dropTextPadding: */ true); // (B, S, D), (B, S)
        var first = encoder.call(embedded, 1, Additive(mask, embedded.dtype), null, null); // (B, 1, D)
        return pooler.call(layernorm.call(first)).MoveToOuterDisposeScope();
    }

    /// <summary>(B, S) of 1 and 0 → (B, 1, 1, S) of 0 and the dtype's minimum, to be added to attention scores.</summary>
    private static Tensor Additive(Tensor mask, ScalarType dtype)
    {
        using var lowest = finfo(dtype).min.ToScalar();
        return zeros_like(mask, dtype).masked_fill_(mask.logical_not(), lowest).unsqueeze(1).unsqueeze(1);
    }
}
