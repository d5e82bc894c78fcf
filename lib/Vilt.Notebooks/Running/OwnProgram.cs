using System.Diagnostics;

namespace Vilt.Notebooks.Running;

/// <summary>This very program, to be started anew.</summary>
internal static class OwnProgram
{
    private const string KeptBytes = "1073741824";

    /// <summary>The program's DLL, which <c>dotnet</c> runs.</summary>
    public static string Library => typeof(OwnProgram).Assembly.Location;

    /// <summary>A command that starts it to run cells, as it was started itself: by its own executable, or by <c>dotnet</c>.</summary>
    public static ProcessStartInfo CellsCommand(params IEnumerable<string> arguments)
    {
        var byDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(Environment.ProcessPath!, byDotnet ? arguments.Prepend(Library) : arguments);
        KeepFreedMemory(start.Environment);
        return start;
    }

    /// <summary>
    /// Has glibc keep freed memory, as the library does where it is loaded before any thread: here a cell loads it, when the thread
    /// that runs cells has an arena of its own already, which gives blocks of 64 MiB back whatever is set then.
    /// </summary>
    private static void KeepFreedMemory(IDictionary<string, string?> environment)
    {
        if (!environment.Keys.Any(name => name is "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal)))
        {
            (environment["MALLOC_ARENA_MAX"], environment["MALLOC_TRIM_THRESHOLD_"], environment["MALLOC_MMAP_THRESHOLD_"]) = ("1", KeptBytes, KeptBytes);
        }
    }
}
