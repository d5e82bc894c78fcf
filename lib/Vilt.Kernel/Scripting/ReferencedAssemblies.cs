using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;
using Vilt.Kernel.Display;
using Vilt.Kernel.Packages;

namespace Vilt.Kernel.Scripting;

/// <summary>Loads what cells refer to by <c>#r</c>: one copy of each assembly, the framework's own or the file named.</summary>
/// <param name="packages">The packages that cells asked for.</param>
internal sealed class ReferencedAssemblies(SessionPackages packages)
{
    /// <summary>What the display functions need.</summary>
    public static readonly Assembly[] ForDisplay =
        [typeof(Microsoft.DotNet.Interactive.Kernel).Assembly, typeof(Formatter).Assembly, typeof(IHtmlContent).Assembly];

    /// <summary>The paths of all assemblies that this program can load, the framework's and its own, by file name.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfProgram =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .DistinctBy(Path.GetFileName).ToDictionary(path => Path.GetFileName(path));

    private static readonly ConcurrentDictionary<string, AssemblyMetadata> Opened = new(); // Each is an open file: one for all sessions.

    private readonly HashSet<string> known = [];
    private readonly UserAssemblies context = new(packages);
    private readonly Dictionary<string, Assembly> loaded = [];

    /// <summary>What every cell can use: the framework and the display functions, and nothing else that the host happens to have.</summary>
    public IEnumerable<MetadataReference> Defaults()
    {
        var paths = Framework().Concat(ForDisplay.Select(assembly => assembly.Location));
        known.UnionWith(paths);
        return paths.Select(path => OpenFramework(path));
    }

    /// <summary>
    /// Opens an assembly that nobody rebuilds in the meantime. Only its metadata is read, when it is needed;
    /// <see cref="MetadataReference.CreateFromFile(string, MetadataReferenceProperties, DocumentationProvider)"/> copies the whole file,
    /// 60 MB for all of the framework.
    /// </summary>
    public static PortableExecutableReference OpenFramework(string path, DocumentationProvider? documentation = null) =>
        Opened.GetOrAdd(path, AssemblyMetadata.CreateFromFile).GetReference(documentation, filePath: path);

    /// <summary>The paths of the framework's assemblies.</summary>
    public static IEnumerable<string> Framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        return OfProgram.Values.Where(path => Path.GetDirectoryName(path) == framework);
    }

    /// <summary>Those references that no submission has had: later ones inherit them.</summary>
    public IEnumerable<MetadataReference> NotLoaded(IEnumerable<PortableExecutableReference> references) =>
        references.Where(reference => !known.Contains(reference.FilePath!));

    /// <summary>The assembly that is loaded for a reference, of whatever version, or null where the runtime finds it by itself.</summary>
    public Assembly? Loaded(AssemblyName name) => loaded.GetValueOrDefault(name.Name!);

    /// <summary>The file of a reference.</summary>
    public string? PathOf(string name) => known.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name);

    /// <summary>Loads the files that a submission is the first to refer to.</summary>
    public void Load(Compilation compilation)
    {
        List<string> added = [.. compilation.References.OfType<PortableExecutableReference>()
            .Select(reference => reference.FilePath).OfType<string>().Where(known.Add)];
        added.ForEach(context.Add); // All of them first: they may need one another.
        foreach (var path in added)
        {
            var assembly = LoadOne(path);
            loaded[assembly.GetName().Name!] = assembly;
            // A library's initializer may register formatters, which a cell can need before it first calls the library.
            RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
            PicturesOfSkia.Register(assembly);
        }
    }

    private Assembly LoadOne(string path) => UserAssemblies.IsShared(Path.GetFileName(path))
        ? AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(Path.GetFileNameWithoutExtension(path)))
        : context.LoadFile(path);
}
