using System.Runtime.InteropServices;

namespace Vilt.Native;

/// <summary>
/// How glibc keeps freed memory. By default it returns large blocks to the system at once, and each pass through a model gets new
/// pages, which the system clears one by one: a forward and backward pass through attention took four times as long.
/// </summary>
internal static unsafe class NativeHeap
{
    // malloc.h
    private const int TrimThreshold = -1, MmapThreshold = -3;

    private const int Kept = 1 << 30; // bytes

    /// <summary>Keeps what was freed for the next use, unless the environment sets glibc's allocator otherwise.</summary>
    internal static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || IsSetByUser || !NativeLibrary.TryLoad("libc.so.6", out nint libc)
            || !NativeLibrary.TryGetExport(libc, "mallopt", out nint mallopt))
            return;
        foreach (int option in (ReadOnlySpan<int>)[TrimThreshold, MmapThreshold])
        {
            _ = ((delegate* unmanaged<int, int, int>)mallopt)(option, Kept);
        }
    }

    private static bool IsSetByUser =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name => name is "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));
}
