using Vilt.Native;
using static TorchSharp.torch;

namespace Vilt.Tests.Native;

public sealed class NativeHeapTests
{
    private const int PageSize = 4096, Bytes = 48 << 20;

    [Fact]
    public void Memory_of_a_freed_tensor_serves_the_next_without_new_pages()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc's allocator is Linux's.");
        Assert.SkipWhen(NativeHeap.IsSetByUser, "MALLOC_… or GLIBC_TUNABLES sets the allocator.");
        // glibc keeps the first few gaps from alignment apart, and takes new pages meanwhile.
        for (var i = 0; i < 16; i++)
        {
            ones(Bytes, dtype: uint8).Dispose();
        }

        var before = FaultsOfThisThread();
        ones(Bytes, dtype: uint8).Dispose();

        Assert.InRange(FaultsOfThisThread() - before, 0, Bytes / PageSize / 4);
    }

    // proc(5): minflt is the tenth field; the second, the program's name, is in parentheses.
    private static long FaultsOfThisThread() =>
        long.Parse(File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[7]);
}
