using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vilt.Native;

/// <summary>
/// Loads torch's native libraries before TorchSharp looks for them: where one is missing or broken, TorchSharp searches the
/// whole package cache and copies half a gigabyte before it fails, and does not say which file is to blame.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>File names of the libraries, each after the ones it needs.</summary>
    internal static IReadOnlyList<string> Names { get; } = OperatingSystem.IsWindows()
        ? ["c10.dll", "torch_cpu.dll", "LibTorchSharp.dll"]
        : [.. new[] { "libc10", "libtorch_cpu", "libLibTorchSharp" }.Select(name => name + (OperatingSystem.IsMacOS() ? ".dylib" : ".so"))];

#pragma warning disable CA2255 // A library should not surprise its user at loading time, but here the surprise is what this prevents.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Load()
    {
        NativeHeap.KeepFreedMemory();
        WaitingThreads.SleepSoon();
        MatrixProducts.Choose(Load(Folders()));
    }

    /// <param name="folders">Where the libraries may be; each file is taken from the first folder that has it.</param>
    /// <returns>The handle of <c>libtorch_cpu</c>.</returns>
    /// <exception cref="DllNotFoundException">
    /// A library is missing or does not load; the message names it, the reason and the remedy.
    /// </exception>
    internal static nint Load(IReadOnlyList<string> folders)
    {
        nint libtorch = 0;
        foreach (var name in Names)
        {
            var path = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
                ?? throw new DllNotFoundException($"torch's native library {name} is missing: it is not in {string.Join(" or ", folders)}. {Cure()}");
            try
            {
                var loaded = NativeLibrary.Load(path);
                if (name.Contains("torch_cpu", StringComparison.Ordinal))
                {
                    libtorch = loaded;
                }
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                throw new DllNotFoundException($"torch's native library {path} does not load: {Reason(error)} {Cure()}", error);
            }
        }

        return libtorch;
    }

    /// <summary>
    /// Beside this library (a notebook loads it by path), beside TorchSharp, beside the program, and where the host looks.
    /// </summary>
    private static string[] Folders()
    {
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string?[] folders =
        [
            Path.GetDirectoryName(typeof(NativeLibraries).Assembly.Location),
            Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location),
            AppContext.BaseDirectory,
            .. searched.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ];
        return [.. folders.Where(folder => !string.IsNullOrEmpty(folder)).Select(folder => Path.TrimEndingDirectorySeparator(folder!)).Distinct()];
    }

    /// <summary>What the system's loader said; .NET puts general advice on the lines before.</summary>
    private static string Reason(Exception error) => error.Message.TrimEnd().Split('\n')[^1].TrimEnd('.', '\r') + ".";

    private static string Cure()
    {
        var system = RuntimeInformation.RuntimeIdentifier;
        var known = (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && RuntimeInformation.ProcessArchitecture == Architecture.X64
            || OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        if (!known)
        {
            return $"This process runs on {system}; libtorch is available for linux-x64, win-x64 and osx-arm64.";
        }

        var also = OperatingSystem.IsWindows() ? " It also needs the Visual C++ runtime (https://aka.ms/vs/17/release/vc_redist.x64.exe)."
            : OperatingSystem.IsLinux() ? " It also needs glibc 2.34 and GCC 12's libstdc++ or newer, as in Debian 12 and Ubuntu 22.04." : "";
        return $"Run \"dotnet build\" in the repository, which puts it there for {system}.{also}";
    }
}
