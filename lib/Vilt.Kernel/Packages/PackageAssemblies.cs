using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace Vilt.Kernel.Packages;

/// <summary>Makes the files of packages known to the compiler and the runtime. They are used where NuGet has them.</summary>
internal sealed class PackageAssemblies
{
    private readonly Dictionary<string, PortableExecutableReference> references = [];
    private readonly Dictionary<string, string> natives = [];
    private readonly Dictionary<string, string> host;

    public PackageAssemblies()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        host = trusted.DistinctBy(Path.GetFileName).ToDictionary(path => Path.GetFileName(path));
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => FindNative(name);
    }

    public IEnumerable<PortableExecutableReference> References => references.Values;

    /// <summary>Adds what a restore found, and tells on the cell's standard error where the host's own copy is another one.</summary>
    public void Add(RestoredPackages restored)
    {
        foreach (var native in restored.Natives)
        {
            natives[native.FileName] = native.Path;
        }

        foreach (var assembly in restored.Assemblies.Where(assembly => !references.ContainsKey(assembly.FileName)))
        {
            // The runtime has one copy of an assembly: what the host has is what cells get.
            var path = host.GetValueOrDefault(assembly.FileName, assembly.Path);
            references.Add(assembly.FileName, MetadataReference.CreateFromFile(path));
            TellOfDifference(assembly, path);
        }
    }

    private static void TellOfDifference(PackageFile assembly, string used)
    {
        string? VersionOf(string path) => FileVersionInfo.GetVersionInfo(path).FileVersion;
        if (VersionOf(used) != VersionOf(assembly.Path))
        {
            Console.Error.WriteLine(
                $"{assembly.FileName} {VersionOf(used)}, which the kernel itself uses, stands in for the {VersionOf(assembly.Path)} "
                + $"of {assembly.Package} {assembly.Version}.");
        }
    }

    private nint FindNative(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] candidates = [name, name + extension, "lib" + name, "lib" + name + extension];
        var path = candidates.Select(candidate => natives.GetValueOrDefault(candidate)).FirstOrDefault(found => found is not null);
        return path is not null && NativeLibrary.TryLoad(path, out var handle) ? handle : 0;
    }
}
