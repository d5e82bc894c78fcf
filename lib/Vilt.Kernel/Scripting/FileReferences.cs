using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Finds the file of a <c>#r "path.dll"</c>, relative to the notebook's folder. A file that is not there is looked for by its name in the
/// folders of an environment variable, as compilers do with LIB, so that a notebook may lie anywhere.
/// </summary>
internal sealed class FileReferences(string folder) : MetadataReferenceResolver
{
    /// <summary>The environment variable with the folders.</summary>
    public const string Variable = "CSHARP_KERNEL_LIB";

    private readonly ScriptMetadataResolver paths = ScriptMetadataResolver.Default.WithBaseDirectory(folder);

    private readonly string[] folders = (Environment.GetEnvironmentVariable(Variable) ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override bool ResolveMissingAssemblies => paths.ResolveMissingAssemblies;

    /// <summary>
    /// Finds what an assembly needs. Nothing is found for those of the display functions: cells use none of it, and it would be copied for each
    /// session, 25 MB with the compiler.
    /// </summary>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        definition is PortableExecutableReference { FilePath: { } path } && ReferencedAssemblies.ForDisplay.Any(assembly => assembly.Location == path)
            ? null
            : paths.ResolveMissingAssembly(definition, referenceIdentity);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var found = paths.ResolveReference(reference, baseFilePath, properties);
        return !found.IsDefaultOrEmpty ? found
            : folders.Select(library => Path.Combine(library, Path.GetFileName(reference))).FirstOrDefault(File.Exists) is { } moved
            ? paths.ResolveReference(moved, baseFilePath, properties)
            : found;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => paths.GetHashCode();
}
