namespace Vilt.Scenes.Drawing;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not <see cref="Random"/>:
/// its algorithm may change between .NET versions, and the same seed has to draw the same bytes in all of them.
/// </summary>
internal sealed class SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>One stream for each (seed, stream) pair, so that a picture depends only on its own number.</summary>
    public SeededRandom(int seed, int stream) => state = Mix(Mix((uint)seed + Golden) + (uint)stream);

    /// <summary>A whole number in 0 … count − 1. The modulo's bias is below count / 2⁶⁴.</summary>
    public int Next(int count) => (int)(NextBits() % (ulong)count);

    public int Between(int first, int last) => first + Next(last - first + 1);

    public float Between(float low, float high) => low + (high - low) * (NextBits() >> 40) / (1 << 24);

    public bool Chance(double probability) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var last = items.Count - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private ulong NextBits() => Mix(state += Golden);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
