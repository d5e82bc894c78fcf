using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Vilt.Kernel.Packages;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Loads what cells refer to, apart from the program's own assemblies, which may have other versions. Shared are the framework and the
/// assemblies through which cells and the program talk. A folder whose assemblies are exactly the program's builds is shared too: a second
/// copy of native code such as libtorch in one process can hang.
/// </summary>
/// <param name="packages">The packages that cells asked for.</param>
internal sealed class UserAssemblies(SessionPackages packages) : AssemblyLoadContext("References")
{
    private static readonly HashSet<string> Shared =
        [.. ReferencedAssemblies.Framework().Concat(ReferencedAssemblies.ForDisplay.Select(assembly => assembly.Location)).Select(path => Path.GetFileName(path))];

    private readonly Dictionary<string, bool> sameFolders = [];
    private readonly Dictionary<string, string> files = [];
    private readonly List<string> folders = [];
    private bool sharesSatellites;

    /// <summary>Whether the program's copy of an assembly is the cells' too.</summary>
    /// <param name="fileName">The assembly's file name.</param>
    public static bool IsShared(string fileName) => Shared.Contains(fileName);

    /// <summary>The file names that a native library may have.</summary>
    /// <param name="name">The name that code calls it by.</param>
    public static string[] NativeNames(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name, "lib" + name + extension];
    }

    /// <summary>Makes a file known to the assemblies that need it. What it needs itself, native libraries included, is found beside it.</summary>
    public void Add(string path)
    {
        files.TryAdd(AssemblyName.GetAssemblyName(path).Name!, path);
        folders.Add(Path.GetDirectoryName(path)!);
    }

    /// <summary>Loads a file that was added.</summary>
    public Assembly LoadFile(string path) => LoadFromAssemblyName(new AssemblyName(AssemblyName.GetAssemblyName(path).Name!));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (packages.FindSatellite(assemblyName) is { } satellite)
        {
            return LoadFromAssemblyPath(satellite);
        }

        var name = assemblyName.Name!;
        if (IsShared(name + ".dll"))
        {
            return null;
        }

        var path = files.GetValueOrDefault(name) ?? Beside(name + ".dll");
        if (path is not null && OwnPath(path) is not null && IsPrograms(Path.GetDirectoryName(path)!))
        {
            ShareSatellites();
            return Default.LoadFromAssemblyName(new AssemblyName(name));
        }

        return path is null ? null : Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name) ?? LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var found = packages.FindNative(unmanagedDllName);
        return found != 0 ? found
            : NativeNames(unmanagedDllName).Select(Beside).FirstOrDefault(path => path is not null) is { } path && NativeLibrary.TryLoad(path, out var handle) ? handle
            : 0;
    }

    /// <summary>Lets an assembly that the program has too find the texts that came with the cells' package.</summary>
    private void ShareSatellites()
    {
        if (!sharesSatellites)
        {
            sharesSatellites = true;
            Default.Resolving += (program, name) => packages.FindSatellite(name) is { } path ? program.LoadFromAssemblyPath(path) : null;
        }
    }

    private bool IsPrograms(string folder)
    {
        if (!sameFolders.TryGetValue(folder, out var same))
        {
            sameFolders[folder] = same = Directory.EnumerateFiles(folder, "*.dll").All(path => OwnPath(path) is not { } own || BuildOf(path) == BuildOf(own));
        }

        return same;
    }

    /// <summary>The file of the same name that lies beside the program, unless it is one that is shared anyway.</summary>
    private static string? OwnPath(string path) =>
        !IsShared(Path.GetFileName(path)) && ReferencedAssemblies.OfProgram.TryGetValue(Path.GetFileName(path), out var own)
            && own.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) // not of another framework, such as ASP.NET Core's
                ? own
                : null;

    private static Guid BuildOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private string? Beside(string fileName) => Path.IsPathRooted(fileName) ? null
        : folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
}
