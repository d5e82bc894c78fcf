using System.Runtime.InteropServices;
using System.Text;

namespace Vilt.Notebooks.Commands;

/// <summary>
/// What the shell allows a program, checked first of all: .NET and libtorch abort in their own ways if it is too little.
/// </summary>
internal static class MachineLimits
{
    // Numbers of <sys/resource.h> on Linux.
    private const int OpenFiles = 7;
    private const int AddressSpace = 9;
    private const ulong FewestFiles = 256; // .NET keeps each assembly open; vilt ask needs 130.
    private const ulong LeastAddressSpace = 3_500_000_000; // libtorch's own and .NET's heaps; vilt ask with the Zoo's model needs 3.3 GB.

    /// <summary>Says what is wrong and what to do, or null.</summary>
    public static string? Problem()
    {
        if (!Directory.Exists("."))
        {
            return "The current folder was deleted. Change to one that exists and start again.";
        }

        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        return Limit(OpenFiles) is var files and < FewestFiles
            ? $"This shell lets a program open {files} files, and {FewestFiles} are needed: ulimit -n 1024."
            : Limit(AddressSpace) is var bytes and < LeastAddressSpace
            ? $"This shell lets a program have {bytes >> 20} MiB of address space, and {LeastAddressSpace >> 20} are needed: ulimit -v unlimited."
            : null;
    }

    /// <summary>Writes a line on standard error without .NET's console, which needs files of its own.</summary>
    public static void Say(string line)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine(line);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        _ = WriteTo(2, bytes, bytes.Length);
    }

    private static ulong Limit(int resource) => GetLimit(resource, out var limit) == 0 ? limit.Current : ulong.MaxValue;

    [DllImport("libc", EntryPoint = "getrlimit")]
    private static extern int GetLimit(int resource, out ResourceLimit limit);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint WriteTo(int file, byte[] bytes, nint count);

    /// <summary>struct rlimit.</summary>
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Maximum;
    }
}
