using Vilt.Attribution;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Course.Tests;

/// <summary>A small untrained model, wrapped as notebook 5 does, and an input of it.</summary>
internal sealed class SmallModel : IDisposable
{
    private static readonly ViltConfig Config = new()
    {
        VocabSize = 8,
        MaxPositionEmbeddings = 4,
        HiddenSize = 8,
        NumHiddenLayers = 1,
        NumAttentionHeads = 1,
        IntermediateSize = 8,
        ImageSize = 16,
        PatchSize = 8,
        InitializerRange = 1, // so that answers score unlike each other
        Id2Label = ["yes", "no", "2"],
    };

    public SmallModel() => (Logits, Wrapped) = (new(Model), new(new LogitsOnly(Model)));

    public ViltForQuestionAnswering Model { get; } = new(Config);

    public LogitsOnly Logits { get; }

    public ModelInputWrapper Wrapped { get; }

    public ViltBatch Batch { get; } = new(
        tensor(new long[] { 1, 3, 2, 0 }).reshape(1, 4), ones(1, 4, dtype: int64), zeros(1, 4, dtype: int64), ones(1, 3, 16, 16), ones(1, 16, 16, dtype: int64));

    public void Dispose()
    {
        Batch.Dispose();
        Wrapped.Dispose();
        Logits.Dispose();
        Model.Dispose();
    }

    public sealed class LogitsOnly(ViltForQuestionAnswering model)
        : nn.Module<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor>(nameof(LogitsOnly))
    {
        public override Tensor forward(Tensor inputIds, Tensor pixelValues, Tensor attentionMask, Tensor pixelMask, Tensor tokenTypeIds) =>
            model.forward(inputIds, pixelValues, attentionMask, pixelMask, tokenTypeIds).Logits;
    }
}
