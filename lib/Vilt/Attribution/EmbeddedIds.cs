using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilt.Attribution;

/// <summary>
/// Looks the ids of an input up before a method sees them, and those of its baseline, so that a method which differentiates its inputs
/// can explain words. The model must take embeddings where it takes ids, as ViLT does; for other models, see
/// <see cref="InterpretableEmbedding"/>.
/// </summary>
/// <param name="method">The method; its attributions of this input are of each value of the embeddings.</param>
/// <param name="embedding">From ids (examples, length) to embeddings (examples, length, dimension).</param>
/// <param name="input">Which of the inputs holds ids.</param>
/// <example>
/// <code>
/// var method = new EmbeddedIds(new IntegratedGradients(new ViltLogits(model)), model.WordEmbeddings);
/// using var result = method.Attribute(new([ids, pixelValues]) { Baselines = [padding, 0], Target = 3 });
/// </code>
/// </example>
public sealed class EmbeddedIds(IAttributionMethod method, Module<Tensor, Tensor> embedding, int input = 0) : IAttributionMethod
{
    /// <inheritdoc/>
    public AttributionResult Attribute(AttributionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var scope = NewDisposeScope();
        var baselines = Baseline.Distributions(arguments.Inputs, arguments.Baselines);
        Tensor[] inputs = [.. arguments.Inputs];
        using (no_grad())
        {
            baselines[input] = embedding.call(baselines[input].RowsOf(inputs[input]));
            inputs[input] = embedding.call(inputs[input]);
        }

        return method.Attribute(arguments with { Inputs = inputs, Baselines = baselines });
    }
}
