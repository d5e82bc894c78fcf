using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Loads the cells themselves. They find each other here and everything else in the default load context. The runtime never lets go of it, so
/// it must not lead to the engine.
/// </summary>
/// <param name="references">What cells refer to.</param>
internal sealed class CellAssemblies(ReferencedAssemblies references) : AssemblyLoadContext("Cells"), IDisposable
{
    private readonly WeavingReferences weaving = new(references.PathOf);

    /// <summary>The outputs of the cell that ran last.</summary>
    public CellOutputs? Outputs { get; set; }

    /// <summary>Weaves and loads a cell.</summary>
    /// <param name="compilation">A compilation that has emitted.</param>
    /// <param name="assembly">What it emitted.</param>
    /// <param name="symbols">And its debug information.</param>
    /// <returns>What runs the cell among the submissions before it.</returns>
    public Func<object?[], Task<object?>> Load(Compilation compilation, MemoryStream assembly, MemoryStream symbols)
    {
        var (woven, wovenSymbols) = new CellWeaver(weaving).Weave(assembly, symbols);
        var loaded = LoadFromStream(woven, wovenSymbols);
        var entry = compilation.GetEntryPoint(CancellationToken.None)!;
        var method = loaded.GetType(entry.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
        return method.CreateDelegate<Func<object?[], Task<object?>>>();
    }

    public void Dispose() => weaving.Dispose();

    protected override Assembly? Load(AssemblyName assemblyName) => references.Loaded(assemblyName);
}
