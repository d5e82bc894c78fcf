using static TorchSharp.torch;

namespace Vilt.Attribution;

/// <summary>What a transformer gives to methods that read its attention.</summary>
/// <param name="Output">(examples) or (examples, classes): what is explained.</param>
/// <param name="Attentions">
/// The attention weights of each layer from the first, (examples, heads, tokens, tokens): rows are the tokens that attend, columns those
/// that are attended to. <see cref="AttentionRelevance"/> differentiates the output by them, so they must be those it is computed from.
/// </param>
public sealed record AttentionOutput(Tensor Output, IReadOnlyList<Tensor> Attentions);

/// <summary>
/// Methods that read attention weights: <see cref="AttentionRollout"/>, <see cref="AttentionRelevance"/>. They attribute to the tokens of
/// the transformer's sequence: the result is one tensor, (examples, tokens).
/// </summary>
/// <remarks>They use no baselines, and take all examples in one pass.</remarks>
public abstract class AttentionAttribution : IAttributionMethod
{
    private readonly Func<IReadOnlyList<Tensor?>, AttentionOutput> forward;

    private protected AttentionAttribution(Func<IReadOnlyList<Tensor?>, AttentionOutput> forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        this.forward = forward;
    }

    /// <summary>The token whose view of the others is given: the one that the output is read from, by default the first, [CLS].</summary>
    public int Token { get; init; }

    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        arguments.CancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var layers = Layers(arguments);
        var tokens = layers[0].shape[^1];
        if (Token < 0 || Token >= tokens)
        {
            throw new ArgumentException($"There is no token {Token}: the sequence has {tokens}, counted from 0.");
        }

        var row = eye(tokens, dtype: layers[0].dtype, device: layers[0].device).narrow(0, Token, 1).expand(arguments.Examples, 1, tokens);
        foreach (var layer in layers.Reverse())
        {
            row = row.bmm(layer); // (examples, 1, tokens): one row of the product of all layers, without the others
        }

        arguments.Progress?.Report(new(1, 1));
        return new([row.squeeze(1)], [1]);
    }

    /// <summary>How each token is made of those of the layer before, (examples, tokens, tokens), from the first layer.</summary>
    private protected abstract Tensor[] Layers(AttributionArguments arguments);

    /// <summary>Runs the model.</summary>
    private protected AttentionOutput Run(AttributionArguments arguments, IReadOnlyList<Tensor> inputs)
    {
        var output = forward([.. inputs, .. arguments.AdditionalForwardArgs]);
        if (output?.Attentions is not { Count: > 0 } attentions || attentions.Any(weights => weights is null))
        {
            throw new InvalidOperationException(
                "The forward function gave no attention weights: have the model return them, even if its fastest attention does not.");
        }

        for (var layer = 0; layer < attentions.Count; layer++)
        {
            Check(attentions[layer], layer, arguments.Examples, attentions[0].shape[^1]);
        }

        return output;
    }

    private static void Check(Tensor weights, int layer, int examples, long tokens)
    {
        if (weights.dim() != 4 || weights.shape[0] != examples || weights.shape[2] != tokens || weights.shape[3] != tokens)
        {
            throw new InvalidOperationException(
                $"The attention weights of layer {layer} have shape ({Shapes.Text(weights)}): expected ({examples}, heads, {tokens}, {tokens}), " +
                "each example's attention of every token to every token.");
        }

        ForwardFunction.CheckFinite(weights, $"An attention weight of layer {layer}");
    }
}
