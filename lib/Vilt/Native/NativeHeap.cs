using Vilt.Shared;

namespace Vilt.Native;

/// <summary>
/// How glibc keeps freed memory. By default it returns large blocks to the system at once, and each pass through a model gets new
/// pages, which the system clears one by one: a forward and backward pass through attention took four times as long.
/// </summary>
internal static unsafe class NativeHeap
{
    // malloc.h. Each thread gets an arena of its own by default, and all but the main one return blocks of 64 MiB whatever is set.
    private const int TrimThreshold = -1, MmapThreshold = -3, ArenaMax = -8;

    /// <summary>Whether the environment says how glibc allocates.</summary>
    internal static bool IsSetByUser => FreedMemory.IsSetIn(Environment.GetEnvironmentVariables().Keys.Cast<string>());

    /// <summary>Keeps what was freed for the next use, unless the user has set it otherwise.</summary>
    internal static void KeepFreedMemory()
    {
        if (IsSetByUser || !LibC.TryFind("mallopt", out var export))
        {
            return;
        }

        var mallopt = (delegate* unmanaged<int, int, int>)export;
        _ = mallopt(TrimThreshold, FreedMemory.Kept) & mallopt(MmapThreshold, FreedMemory.Kept) & mallopt(ArenaMax, 1);
    }
}
