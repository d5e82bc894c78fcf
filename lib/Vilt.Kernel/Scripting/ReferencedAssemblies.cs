using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.AspNetCore.Html;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Loads what cells refer to by <c>#r</c> into the default load context, so that there is one copy of each assembly: the host's own,
/// where it has one, else the file named. What an assembly needs, native libraries included, is found beside it.
/// </summary>
internal sealed class ReferencedAssemblies
{
    /// <summary>What the display functions need.</summary>
    public static readonly Assembly[] ForDisplay =
        [typeof(Microsoft.DotNet.Interactive.Kernel).Assembly, typeof(Formatter).Assembly, typeof(IHtmlContent).Assembly];

    private readonly HashSet<string> known = [];
    private readonly List<string> folders = [];
    private readonly Dictionary<string, Assembly> loaded = [];

    public ReferencedAssemblies() => AssemblyLoadContext.Default.Resolving += FindBeside;

    /// <summary>What every cell can use: the framework and the display functions, and nothing else that the host happens to have.</summary>
    public IEnumerable<MetadataReference> Defaults()
    {
        var paths = Framework().Concat(ForDisplay.Select(assembly => assembly.Location));
        known.UnionWith(paths);
        return paths.Select(path => MetadataReference.CreateFromFile(path));
    }

    /// <summary>The paths of the framework's assemblies.</summary>
    public static IEnumerable<string> Framework()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        return trusted.Where(path => Path.GetDirectoryName(path) == framework);
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
        foreach (var path in compilation.References.OfType<PortableExecutableReference>().Select(reference => reference.FilePath))
        {
            if (path is not null && known.Add(path))
            {
                folders.Add(Path.GetDirectoryName(path)!);
                var assembly = LoadOne(path);
                loaded[assembly.GetName().Name!] = assembly;
                // A library's initializer may register formatters, which a cell can need before it first calls the library.
                RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
            }
        }
    }

    private static Assembly LoadOne(string path)
    {
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName(AssemblyName.GetAssemblyName(path).Name!));
        }
        catch (FileNotFoundException)
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
    }

    private Assembly? FindBeside(AssemblyLoadContext context, AssemblyName name)
    {
        var path = folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists);
        return path is null ? null : context.LoadFromAssemblyPath(path);
    }
}
