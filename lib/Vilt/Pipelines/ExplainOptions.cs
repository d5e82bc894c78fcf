using Vilt.Attribution;

namespace Vilt.Pipelines;

/// <summary>What to explain, in comparison with what, and how. The defaults explain the most probable answer as notebook 5 does.</summary>
/// <example>
/// <code>
/// vqa.Explain("zebra.png", "how many zebras are on the picture", new() { Target = "3", Baseline = PictureBaseline.Mean });
/// vqa.Explain("zebra.png", "how many zebras are on the picture", new() { Steps = PathSteps.Until(0.01) });
/// </code>
/// </example>
public sealed record ExplainOptions
{
    private static readonly PathSteps Thirty = PathSteps.Fixed(30);

    /// <summary>The answer to explain, one of the model's; null for its most probable one.</summary>
    public string? Target { get; init; }

    /// <summary>The picture to compare with. The question is always compared with a text of padding.</summary>
    public PictureBaseline Baseline { get; init; }

    /// <summary>The steps of Layer Integrated Gradients: a number, or as many as a convergence delta takes. 30 if not set.</summary>
    public PathSteps Steps { get; init; } = Thirty;

    /// <summary>
    /// Another method than Layer Integrated Gradients. Its inputs are the token ids (1, L) and the pixel values (1, 3, H, W), with the masks
    /// and token types as additional arguments, in the order of <see cref="Model.ViltLogits"/>. Its first attributions are the text's, of
    /// each token or of each value of its embedding, and its second the pixels'; or it gives one attribution of all tokens, as attention
    /// methods do, and a patch's share is spread evenly over its pixels. A method that differentiates its inputs needs embeddings instead
    /// of ids: <see cref="EmbeddedIds"/>.
    /// </summary>
    public IAttributionMethod? Method { get; init; }

    /// <summary>Rows in a forward pass; see <see cref="AttributionArguments.InternalBatchSize"/>.</summary>
    public int? InternalBatchSize { get; init; }
}
