using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vilt.Native;

/// <summary>
/// Memory in pages of 2 MiB rather than 4 KiB: what is touched for the first time then costs one page fault where it cost 512,
/// which is half the time of filling a large model. Linux gives them on request (<c>madvise</c>, transparent_hugepage).
/// </summary>
internal static class LargePages
{
    private const int Advice = 14; // MADV_HUGEPAGE

    /// <summary>
    /// Asks for large pages under a tensor that has not been written yet. It is a hint: where they are not available, nothing changes.
    /// </summary>
    internal static unsafe void AskFor(Tensor tensor)
    {
        if (!OperatingSystem.IsLinux() || tensor.device_type != TorchSharp.DeviceType.CPU || !tensor.is_contiguous())
        {
            return;
        }

        fixed (byte* start = tensor.bytes)
        {
            nint page = Environment.SystemPageSize, first = (nint)start & -page; // rounded down, as madvise asks
            _ = MemoryAdvise(first, (nint)start + tensor.bytes.Length - first, Advice);
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int MemoryAdvise(nint address, nint length, int advice);
}
