using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Tests.Processing;

public sealed class VqaDataLoaderTests : IDisposable
{
    private readonly VqaFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Gives_every_example_once_in_turn_and_the_rest_in_a_smaller_batch()
    {
        var loader = new VqaDataLoader(folder.Dataset(10), batchSize: 4, shuffle: false, seed: 0);

        var batches = Read(Epoch(loader, 0));

        Assert.Equal(3, loader.BatchCount);
        Assert.Equal([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]], batches);
    }

    // The orders were made by a program of its own (SplitMix64 and Fisher–Yates in Python's integers).
    [Theory]
    [InlineData(0, 0, 4, 9, 2, 5, 1, 7, 6, 0, 3, 8)]
    [InlineData(0, 1, 9, 0, 1, 4, 8, 2, 3, 7, 6, 5)]
    [InlineData(-7, 0, 0, 2, 5, 8, 1, 6, 3, 7, 4, 9)]
    public void The_order_is_the_same_everywhere(int seed, int epoch, params int[] order)
    {
        var loader = new VqaDataLoader(folder.Dataset(10), batchSize: 5, shuffle: true, seed);
        Assert.Equal(order, Read(Epoch(loader, epoch)).SelectMany(batch => batch));
    }

    [Fact]
    public void Skipped_batches_leave_the_others_as_they_are()
    {
        var loader = new VqaDataLoader(folder.Dataset(10), batchSize: 3, shuffle: true, seed: 4);
        Assert.Equal(Read(Epoch(loader, 5))[2..], Read(Epoch(loader, 5, skipBatches: 2)));
        Assert.Empty(Read(Epoch(loader, 5, skipBatches: 4)));
    }

    [Fact]
    public void A_batch_belongs_to_no_dispose_scope_and_outlives_the_loop()
    {
        var before = LiveTensors.CountAfterCollection();
        List<ViltBatch> batches = [];
        using (NewDisposeScope())
        {
            batches.AddRange(Epoch(new VqaDataLoader(folder.Dataset(4), batchSize: 2, shuffle: false, seed: 0), 0));
        }

        Assert.Equal(12, LiveTensors.Count - before);
        foreach (var batch in batches)
        {
            batch.Dispose();
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Leaving_early_frees_what_was_prepared(int after)
    {
        var before = LiveTensors.CountAfterCollection();
        var loader = new VqaDataLoader(folder.Dataset(20), batchSize: 2, shuffle: true, seed: 0);
        using (var batches = Epoch(loader, 0).GetEnumerator())
        {
            for (var i = 0; i < after && batches.MoveNext(); i++)
            {
                batches.Current.Dispose();
            }
        }

        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Cancelling_ends_the_epoch_and_frees_what_was_prepared()
    {
        var before = LiveTensors.CountAfterCollection();
        using var stop = new CancellationTokenSource();
        var loader = new VqaDataLoader(folder.Dataset(20), batchSize: 2, shuffle: false, seed: 0);
        var seen = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var batch in loader.Epoch(0, cancellationToken: stop.Token))
            {
                batch.Dispose();
                if (++seen == 2)
                {
                    stop.Cancel();
                }
            }
        });
        Assert.Equal(2, seen);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void An_error_in_the_background_reaches_the_loop_after_the_batches_before_it()
    {
        var before = LiveTensors.CountAfterCollection();
        var loader = new VqaDataLoader(folder.Dataset(10), batchSize: 2, shuffle: false, seed: 0);
        File.Delete(folder.PathOf(7));
        var seen = 0;

        var error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var batch in Epoch(loader, 0))
            {
                batch.Dispose();
                seen++;
            }
        });

        Assert.Contains("1007", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.PathOf(7), error.Message, StringComparison.Ordinal);
        Assert.Equal(3, seen);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void An_epoch_may_be_read_again()
    {
        var epoch = Epoch(new VqaDataLoader(folder.Dataset(5), batchSize: 2, shuffle: true, seed: 9), 3);
        Assert.Equal(Read(epoch), Read(epoch));
    }

    [Fact]
    public void Wrong_numbers_are_refused_at_once()
    {
        var dataset = folder.Dataset(4);
        Assert.Throws<ArgumentOutOfRangeException>(() => new VqaDataLoader(dataset, batchSize: 0, shuffle: false, seed: 0));
        var loader = new VqaDataLoader(dataset, batchSize: 2, shuffle: false, seed: 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => Epoch(loader, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Epoch(loader, 0, skipBatches: 3));
    }

    private static IEnumerable<ViltBatch> Epoch(VqaDataLoader loader, int epoch, int skipBatches = 0) =>
        loader.Epoch(epoch, skipBatches, TestContext.Current.CancellationToken);

    // Which examples a batch holds is told by the gray of their pictures.
    private static int[][] Read(IEnumerable<ViltBatch> epoch)
    {
        List<int[]> read = [];
        foreach (var batch in epoch)
        {
            using IDisposable scope = NewDisposeScope();
            var first = batch.PixelValues.select(3, 0).select(2, 0).select(1, 0).contiguous().data<float>().ToArray();
            read.Add([.. first.Select(value => (int)Math.Round((value + 1) / 2 * 255))]);
            batch.Dispose();
        }

        return [.. read];
    }
}
