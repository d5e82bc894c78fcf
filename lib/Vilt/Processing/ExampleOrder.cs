namespace Vilt.Processing;

/// <summary>The order of examples in an epoch, the same on every machine and in every release of .NET.</summary>
internal static class ExampleOrder
{
    /// <summary>0 to count − 1, shuffled (Durstenfeld's Fisher–Yates: CACM algorithm 235) by a seed and the epoch's number.</summary>
    public static int[] Shuffled(int count, int seed, int epoch)
    {
        var order = InTurn(count);
        var state = (ulong)(uint)seed << 32 | (uint)epoch;
        for (var last = count - 1; last > 0; last--)
        {
            var other = (int)Math.BigMul(Next(ref state), (ulong)last + 1, out _); // the upper half of the product: 0 … last
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }

    /// <summary>0 to count − 1.</summary>
    public static int[] InTurn(int count) => [.. Enumerable.Range(0, count)];

    // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
