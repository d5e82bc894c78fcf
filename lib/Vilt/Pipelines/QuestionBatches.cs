using Vilt.Data;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Pipelines;

/// <summary>Encodes many questions in batches of pictures of similar size, so that little of a batch is padding.</summary>
/// <param name="processor">What encodes them.</param>
/// <param name="questions">Each with its picture; a file is read when its turn comes.</param>
/// <param name="batchSize">Questions in a batch.</param>
internal sealed class QuestionBatches(
    ViltProcessor processor, IReadOnlyList<(PictureSource Picture, string Question)> questions, int batchSize)
{
    private const int BatchesAtOnce = 8; // whose pictures are in memory, so that those of the same size can be put together

    /// <summary>Each batch with the places of its questions; the caller disposes it.</summary>
    /// <param name="cancellationToken">Checked before each picture and each batch.</param>
    public IEnumerable<(int[] Places, ViltBatch Encoded)> Read(CancellationToken cancellationToken) =>
        from window in Enumerable.Range(0, questions.Count).Chunk(batchSize * BatchesAtOnce)
        from batch in BySize(window, cancellationToken).Chunk(batchSize)
        select (batch.Select(one => one.Place).ToArray(), Encode(batch, cancellationToken));

    private IEnumerable<(int Place, RgbImage Picture)> BySize(int[] window, CancellationToken cancellationToken) => window
        .Select(place => (place, Resized(place, cancellationToken)))
        .OrderBy(one => one.Item2.Height).ThenBy(one => one.Item2.Width);

    private RgbImage Resized(int place, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return questions[place].Picture.Resized(processor.ImageProcessor);
    }

    private ViltBatch Encode((int Place, RgbImage Picture)[] batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var encoded = Collator.Collate([.. batch.Select(one => processor.EncodeResized(one.Picture, questions[one.Place].Question))]);
        scope.MoveToOuter([.. encoded.Fields.Select(field => field.Value)]);
        return encoded;
    }
}
