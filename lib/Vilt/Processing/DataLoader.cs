using System.Threading.Channels;

namespace Vilt.Processing;

/// <summary>Which examples make up a batch, and which batch of the run it is.</summary>
/// <param name="Epoch">From 0.</param>
/// <param name="Number">From 0 within the epoch.</param>
/// <param name="Examples">Places in the data set.</param>
internal sealed record BatchPlan(int Epoch, int Number, int[] Examples);

/// <summary>Gives examples in batches, prepared in the background while the model works on the previous one.</summary>
/// <param name="count">Number of examples.</param>
/// <param name="batchSize">Examples in a batch; the last batch of an epoch holds what is left.</param>
/// <param name="shuffle">Whether each epoch has its own order.</param>
/// <param name="seed">The order of an epoch depends only on this and the epoch's number.</param>
/// <param name="make">Makes a batch, in the background; its tensors belong to no dispose scope.</param>
/// <param name="arrange">Puts the examples of an epoch, from their order and its number, into another order; null: they stay.</param>
internal sealed class DataLoader<TBatch>(
    int count, int batchSize, bool shuffle, int seed, Func<BatchPlan, CancellationToken, TBatch> make,
    Func<int[], int, IEnumerable<int>>? arrange = null)
    where TBatch : class, IDisposable
{
    private const int BatchesAhead = 2; // one being waited for, one being made: more would only hold memory

    /// <summary>Number of examples.</summary>
    public int Count => count;

    /// <summary>Batches in an epoch.</summary>
    public int BatchCount => (count + batchSize - 1) / batchSize;

    /// <inheritdoc cref="VqaDataLoader.Epoch"/>
    public IEnumerable<TBatch> Epoch(int epoch, int skipBatches, CancellationToken cancellationToken)
    {
        var order = shuffle ? ExampleOrder.Shuffled(count, seed, epoch) : ExampleOrder.InTurn(count);
        var arranged = arrange?.Invoke(order, epoch) ?? order;
        var plans = arranged.Chunk(batchSize).Select((examples, number) => new BatchPlan(epoch, number, examples));
        return Batches(plans.Skip(skipBatches), cancellationToken);
    }

    private IEnumerable<TBatch> Batches(IEnumerable<BatchPlan> plans, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var prepared = Channel.CreateBounded<TBatch>(BatchesAhead);
        var preparation = Task.Run(() => Prepare(plans, prepared.Writer, stop.Token), CancellationToken.None);
        try
        {
            while (prepared.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (prepared.Reader.TryRead(out var batch))
                {
                    yield return batch;
                }
            }
        }
        finally
        {
            stop.Cancel();
            preparation.Wait(CancellationToken.None);
            while (prepared.Reader.TryRead(out var left))
            {
                left.Dispose();
            }
        }
    }

    // Never fails: a failure travels through the channel to its reader.
    private async Task Prepare(IEnumerable<BatchPlan> plans, ChannelWriter<TBatch> prepared, CancellationToken stop)
    {
        Exception? failure = null;
        TBatch? batch = null;
        try
        {
            foreach (var plan in plans)
            {
                batch = make(plan, stop);
                await prepared.WriteAsync(batch, stop).ConfigureAwait(false);
                batch = null; // the reader owns it now
            }
        }
        catch (Exception error)
        {
            failure = error;
            batch?.Dispose();
        }

        prepared.Complete(failure);
    }
}
