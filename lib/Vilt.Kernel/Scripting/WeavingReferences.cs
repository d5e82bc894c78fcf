using Mono.Cecil;

namespace Vilt.Kernel.Scripting;

/// <summary>Finds the assemblies of types that the weaver must look into: enumerations whose values a cell has as constants.</summary>
/// <param name="pathOf">The path of a referenced assembly by its name, or null.</param>
internal sealed class WeavingReferences(Func<string, string?> pathOf) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> open = [];
    private readonly Dictionary<string, byte[]> cells = [];

    /// <summary>Keeps a cell's assembly for later ones, if they may ask for it.</summary>
    public void Add(ModuleDefinition cell, MemoryStream image)
    {
        if (cell.GetTypes().Any(type => type.IsEnum))
        {
            cells.Add(cell.Assembly.Name.Name, image.ToArray());
        }
    }

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters(ReadingMode.Deferred) { AssemblyResolver = this });

    /// <inheritdoc/>
    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (!open.TryGetValue(name.Name, out var found))
        {
            found = Open(name.Name, parameters) ?? throw new AssemblyResolutionException(name);
            open.Add(name.Name, found);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var assembly in open.Values)
        {
            assembly.Dispose();
        }

        open.Clear();
        cells.Clear();
    }

    private AssemblyDefinition? Open(string name, ReaderParameters parameters) =>
        cells.TryGetValue(name, out var image) ? AssemblyDefinition.ReadAssembly(new MemoryStream(image), parameters)
        : pathOf(name) is { } path ? AssemblyDefinition.ReadAssembly(path, parameters) : null;
}
