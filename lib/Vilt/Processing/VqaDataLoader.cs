using Vilt.Processing.Augmentation;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Gives a data set in batches, prepared in the background while the model works on the previous one.</summary>
public sealed class VqaDataLoader
{
    private readonly ReadableExamples readable;
    private readonly DataLoader<ViltBatch> loader;
    private readonly int seed;

    /// <summary>Makes a loader.</summary>
    /// <param name="dataset">The examples.</param>
    /// <param name="batchSize">Examples in a batch, 1 or more; the last batch of an epoch holds what is left.</param>
    /// <param name="shuffle">Whether each epoch has its own order.</param>
    /// <param name="seed">The order of an epoch depends only on this and the epoch's number.</param>
    /// <param name="skip">Called for each example that can't be made, on another thread; the next one in the data set then takes
    /// its place. Null: the first such example ends the epoch.</param>
    public VqaDataLoader(VqaDataset dataset, int batchSize, bool shuffle, int seed, Action<InvalidDataException>? skip = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (Dataset, BatchSize, readable) = (dataset, batchSize, new(dataset.Count, skip));
        loader = new(dataset.Count, batchSize, shuffle, seed, Make, Arranged);
        this.seed = seed;
    }

    /// <summary>The examples.</summary>
    public VqaDataset Dataset { get; }

    /// <summary>Examples in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether pictures of similar size come together.</summary>
    internal bool BySize { get; init; }

    /// <summary>How pictures are changed at random; null: not at all.</summary>
    internal RandAugment? Augmentation { get; init; }

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => loader.BatchCount;

    /// <summary>The batches of one epoch. Leaving the loop early frees what was prepared and ends the work in the background.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="skipBatches">Batches at its start that are not made, for a run that is resumed.</param>
    /// <param name="cancellationToken">Ends the epoch with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Batches on the CPU; the caller owns each and disposes it.</returns>
    /// <exception cref="InvalidDataException">An example could not be made, or too many in a row: the message names its question and picture.</exception>
    public IEnumerable<ViltBatch> Epoch(int epoch, int skipBatches = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(skipBatches);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skipBatches, BatchCount);
        return loader.Epoch(epoch, skipBatches, cancellationToken);
    }

    /// <summary>What goes through the epochs, for a training run.</summary>
    internal DataLoader<ViltBatch> Loader => loader;

    private IEnumerable<int> Arranged(int[] order, int epoch) =>
        BySize ? ExampleOrder.BySize(order, Dataset.SizeOf, BatchSize, seed + epoch) : order;

    // What happens to a picture depends on seed, epoch and place alone, not on what was made before.
    private ViltExample Example(int index, int epoch) => Augmentation is null ? Dataset[index]
        : Dataset.Changed(index, picture => Augmentation.Apply(picture, Mixed(index, epoch)));

    private long Mixed(int index, int epoch) => ((long)seed * 1_000_003 + epoch) * 1_000_000_007 + index;

    // Dispose scopes belong to threads, and the batch goes to another thread: it leaves in no scope.
    private ViltBatch Make(BatchPlan plan, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        Dataset.FetchPictures(plan.Examples, stop);
        List<ViltExample> examples = [];
        foreach (var index in plan.Examples)
        {
            stop.ThrowIfCancellationRequested();
            examples.Add(readable.From(index, readable => Example(readable, plan.Epoch)));
        }

        var batch = Collator.Collate(examples);
        foreach ((_, var value) in batch.Fields)
        {
            value.DetachFromDisposeScope();
        }

        return batch;
    }
}
