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

    private static readonly Dictionary<string, string> Program =
        ReferencedAssemblies.OfProgram().Where(path => !IsShared(Path.GetFileName(path))).DistinctBy(Path.GetFileName).ToDictionary(path => Path.GetFileName(path));

    private readonly Dictionary<string, bool> sameFolders = [];
    private readonly Dictionary<string, string> files = [];
    private readonly List<string> folders = [];

    /// <summary>Whether the program's copy of an assembly is the cells' too.</summary>
    /// <param name="fileName">The assembly's file name.</param>
    public static bool IsShared(string fileName) => Shared.Contains(fileName);

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
        if (path is not null && Program.ContainsKey(Path.GetFileName(path)) && IsPrograms(Path.GetDirectoryName(path)!))
        {
            return Default.LoadFromAssemblyName(new AssemblyName(name));
        }

        return path is null ? null : Assemblies.FirstOrDefault(assembly => assembly.GetName().Name == name) ?? LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var found = findNative(unmanagedDllName);
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string[] candidates = [unmanagedDllName, unmanagedDllName + extension, "lib" + unmanagedDllName, "lib" + unmanagedDllName + extension];
        return found != 0 ? found
            : candidates.Select(Beside).FirstOrDefault(path => path is not null) is { } path && NativeLibrary.TryLoad(path, out var handle) ? handle
            : 0;
    }

    private bool IsPrograms(string folder)
    {
        if (!sameFolders.TryGetValue(folder, out var same))
        {
            var both = Directory.EnumerateFiles(folder, "*.dll").Where(path => Program.ContainsKey(Path.GetFileName(path)));
            sameFolders[folder] = same = both.All(path => BuildOf(path) == BuildOf(Program[Path.GetFileName(path)]));
        }

        return same;
    }

    private static Guid BuildOf(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private string? Beside(string fileName) => Path.IsPathRooted(fileName) ? null
        : folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);
}
