using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Packages;

/// <summary>Makes the files of packages known to the compiler and the runtime. They are used where NuGet has them.</summary>
internal sealed class PackageAssemblies
{
    private const string StoodInFor = "Microsoft.DotNet.Interactive";

    private readonly Dictionary<string, PortableExecutableReference> references = [];
    private readonly Dictionary<string, string> natives = [];
    private readonly Dictionary<string, string> satellites = [];

    public IEnumerable<PortableExecutableReference> References => references.Values;

    /// <summary>Adds what a restore found. Where the host's own copy differs, the cell's standard error says so.</summary>
    public void Add(RestoredPackages restored)
    {
        foreach (var native in restored.Natives)
        {
            natives[native.FileName] = native.Path;
        }

        foreach (var satellite in restored.Satellites)
        {
            var culture = Path.GetFileName(Path.GetDirectoryName(satellite.Path))!;
            satellites[SatelliteKey(culture, satellite.FileName)] = satellite.Path;
        }

        foreach (var assembly in restored.Assemblies.Where(assembly => !references.ContainsKey(assembly.FileName)))
        {
            // Cells and the program share some assemblies. Of those, cells get the program's.
            var path = UserAssemblies.IsShared(assembly.FileName)
                ? ReferencedAssemblies.OfProgram.GetValueOrDefault(assembly.FileName, assembly.Path)
                : assembly.Path;
            references.Add(assembly.FileName, MetadataReference.CreateFromFile(path, PropertiesOf(assembly)));
            TellOfDifference(assembly, path);
        }
    }

    /// <summary>
    /// Packages for .NET Interactive bring its own library, whose names this program's assembly has too. Under an alias the library is
    /// visible to the packages and not to cells.
    /// </summary>
    private static MetadataReferenceProperties PropertiesOf(PackageFile assembly) => new(
        aliases: assembly.FileName.StartsWith(StoodInFor, StringComparison.Ordinal) && !UserAssemblies.IsShared(assembly.FileName) ? ["packages"] : []);

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

    /// <summary>Finds the assembly with a package's texts in one culture.</summary>
    /// <returns>Its path, or null where no package has it.</returns>
    public string? FindSatellite(AssemblyName name) =>
        name.CultureName is { Length: > 0 } culture ? satellites.GetValueOrDefault(SatelliteKey(culture, name.Name + ".dll")) : null;

    /// <summary>Loads a native library of a package.</summary>
    /// <param name="name">The name that code calls it by.</param>
    /// <returns>Its handle, or 0 where no package has it.</returns>
    public nint FindNative(string name)
    {
        var path = UserAssemblies.NativeNames(name).Select(file => natives.GetValueOrDefault(file)).FirstOrDefault(found => found is not null);
        return path is not null && NativeLibrary.TryLoad(path, out var handle) ? handle : 0;
    }

    private static string SatelliteKey(string culture, string fileName) => $"{culture}/{fileName}".ToLowerInvariant();
}
