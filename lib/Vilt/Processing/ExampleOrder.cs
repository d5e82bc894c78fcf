namespace Vilt.Processing;

/// <summary>The order of examples in an epoch, the same on every machine and in every release of .NET.</summary>
internal static class ExampleOrder
{
    private const int BatchesSortedTogether = 64;

    /// <summary>0 to count − 1, shuffled (Durstenfeld's Fisher–Yates: CACM algorithm 235) by a seed and the epoch's number.</summary>
    public static int[] Shuffled(int count, int seed, int epoch)
    {
        var order = InTurn(count);
        var random = new SplitMix64((ulong)(uint)seed << 32 | (uint)epoch);
        for (var last = count - 1; last > 0; last--)
        {
            var other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>0 to count − 1.</summary>
    public static int[] InTurn(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>
    /// The same examples in batches of similar size, so that little of a batch is padding: of many batches in turn, all examples are put in
    /// order by size and cut into batches, and the batches shuffled. A batch that is not full stays last.
    /// </summary>
    /// <param name="order">Places in the data set.</param>
    /// <param name="sizeOf">Height and width of an example's picture.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="seed">Of the batches' order.</param>
    public static IEnumerable<int> BySize(IReadOnlyList<int> order, Func<int, (int Height, int Width)> sizeOf, int batchSize, int seed)
    {
        foreach (var window in order.Chunk(batchSize * BatchesSortedTogether))
        {
            int[][] batches = [.. window.Select(place => (Place: place, Size: sizeOf(place))).OrderBy(one => one.Size).Select(one => one.Place).Chunk(batchSize)];
            var full = batches.Count(batch => batch.Length == batchSize);
            foreach (var place in Shuffled(full, seed, window[0]).Concat(Enumerable.Range(full, batches.Length - full)).SelectMany(number => batches[number]))
            {
                yield return place;
            }
        }
    }
}
