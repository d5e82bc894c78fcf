namespace Vilt.Processing;

/// <summary>
/// Random numbers that are the same on every machine and in every release of .NET (Steele, Lea and Flood, "Fast splittable pseudorandom
/// number generators", 2014).
/// </summary>
internal struct SplitMix64(ulong state)
{
    private ulong state = state;

    /// <summary>A number from 0 to count − 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _); // the upper half of the product

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
