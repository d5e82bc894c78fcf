using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Vilt.Shared;

namespace Vilt.Kernel.Supervision;

/// <summary>The running program, to be started again.</summary>
public static class OwnProgram
{
    /// <summary>A command that starts it to run cells, as it was started itself: by its own executable, or by <c>dotnet</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static ProcessStartInfo CellsCommand(params IEnumerable<string> arguments)
    {
        var byDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var library = Assembly.GetEntryAssembly()!.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!, byDotnet ? arguments.Prepend(library) : arguments);
        KeepFreedMemory(start.Environment);
        AllowCultures(start.Environment);
        return start;
    }

    /// <summary>
    /// Makes glibc keep freed memory, as libraries like torch need it. A cell loads them too late to do so themselves: by then the cells' thread
    /// has its own arena, which gives blocks of 64 MiB back whatever is set.
    /// </summary>
    private static void KeepFreedMemory(IDictionary<string, string?> environment)
    {
        if (!FreedMemory.IsSetIn(environment.Keys))
        {
            environment["MALLOC_ARENA_MAX"] = "1";
            environment["MALLOC_TRIM_THRESHOLD_"] = environment["MALLOC_MMAP_THRESHOLD_"] = $"{FreedMemory.Kept}";
        }
    }

    /// <summary>
    /// Gives cells the cultures that a program of their own would have. This program itself does without them, so that it starts on a Linux
    /// without ICU, which they come from. There cells have only the invariant culture.
    /// </summary>
    private static void AllowCultures(IDictionary<string, string?> environment)
    {
        const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
        if (!environment.ContainsKey(Invariant) && (!OperatingSystem.IsLinux() || HasIcu()))
        {
            environment[Invariant] = "0";
        }
    }

    /// <summary>Looks as the runtime does: for version 50 to 100 of the two libraries.</summary>
    private static bool HasIcu() =>
        Enumerable.Range(50, 51).Reverse().Any(version => CanLoad($"libicuuc.so.{version}") && CanLoad($"libicui18n.so.{version}"));

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
