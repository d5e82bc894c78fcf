using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Loads what cells refer to apart from the program's own assemblies, of which it may have other versions. Shared are the framework and
/// what cells and the program talk by; what no cell refers to is the program's. A folder whose assemblies are the program's own, build for
/// build, is shared too: a second copy of native code such as libtorch's in one process can hang.
/// </summary>
/// <param name="findNative">Finds a native library of a package by the name that code calls it by; 0 for none.</param>
internal sealed class UserAssemblies(Func<string, nint> findNative) : AssemblyLoadContext("References")
{
    private static readonly HashSet<string> Shared =
        [.. ReferencedAssemblies.Framework().Concat(ReferencedAssemblies.ForDisplay.Select(assembly => assembly.Location)).Select(path => Path.GetFileName(path))];

    private readonly Dictionary<string, bool> sameFolders = [];
    private readonly Dictionary<string, string> files = [];
    private readonly List<string> folders = [];

    /// <summary>Whether the program's copy of an assembly is the cells' too.</summary>
    /// <param name="fileName">The assembly's file name.</param>
    public static bool IsShared(string fileName) => Shared.Contains(fileName);

    /// <summary>The file names that a native library may have, which code calls by a name.</summary>
    public static string[] NativeNames(string name)
    {
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [name, name + extension, "lib" + name, "lib" + name + extension];
    }

    /// <summary>Makes a file known to those that need it. What it needs, native libraries included, is found beside it.</summary>
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
        var name = assemblyName.Name!;
        if (IsShared(name + ".dll"))
        {
            return null;
        }

        var path = files.GetValueOrDefault(name) ?? Beside(name + ".dll");
        if (path is not null && OwnPath(path) is not null && IsPrograms(Path.GetDirectoryName(path)!))
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name));
        }

        return path is null ? null : Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name) ?? LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var found = findNative(unmanagedDllName);
        return found != 0 ? found
            : NativeNames(unmanagedDllName).Select(Beside).FirstOrDefault(path => path is not null) is { } path && NativeLibrary.TryLoad(path, out var handle) ? handle
            : 0;
    }

    private bool IsPrograms(string folder)
    {
        if (!sameFolders.TryGetValue(folder, out var same))
        {
            sameFolders[folder] = same = Directory.EnumerateFiles(folder, "*.dll").All(path => OwnPath(path) is not { } own || BuildOf(path) == BuildOf(own));
        }

        return same;
    }

    /// <summary>The program's file of the same name, unless it is one that is shared anyway.</summary>
    private static string? OwnPath(string path) =>
        IsShared(Path.GetFileName(path)) ? null : ReferencedAssemblies.OfProgram.GetValueOrDefault(Path.GetFileName(path));

    private static Guid BuildOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private string? Beside(string fileName) => Path.IsPathRooted(fileName) ? null
        : folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
}
