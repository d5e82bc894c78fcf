using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Language;

/// <summary>
/// References with the XML documentation beside them. The framework is that of the SDK's reference pack, where there is one: the runtime's
/// own files have no documentation.
/// </summary>
internal sealed class DocumentedReferences(string folder) : MetadataReferenceResolver
{
    private static readonly string RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private readonly ScriptMetadataResolver resolver = ScriptMetadataResolver.Default.WithBaseDirectory(folder);
    private readonly ConcurrentDictionary<string, PortableExecutableReference> references = [];

    /// <summary>What every cell can use.</summary>
    public IEnumerable<MetadataReference> Defaults()
    {
        var framework = PackFolder() is { } pack ? Directory.GetFiles(pack, "*.dll") : ReferencedAssemblies.Framework();
        return framework.Concat(ReferencedAssemblies.ForDisplay.Select(assembly => assembly.Location)).Select(Open);
    }

    /// <summary>A reference by its path, or null for none and for the runtime's own files, which the defaults stand for.</summary>
    public MetadataReference? Find(string? path) => path is null || Path.GetDirectoryName(path) == RuntimeFolder ? null : Open(path);

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        // The document's path is made up, so relative paths start at the folder alone.
        [.. resolver.ResolveReference(reference, baseFilePath: null, properties).Select(found => found.FilePath is { } path ? Open(path) : found)];

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference Open(string path) => references.GetOrAdd(path, _ =>
    {
        var xml = Path.ChangeExtension(path, ".xml");
        return MetadataReference.CreateFromFile(path, documentation: File.Exists(xml) ? XmlDocumentationProvider.CreateFromFile(xml) : null);
    });

    /// <summary>The newest reference pack of this runtime's version, in the installation that this runtime is part of.</summary>
    private static string? PackFolder()
    {
        var packs = new DirectoryInfo(Path.Combine(RuntimeFolder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var (major, minor) = (Environment.Version.Major, Environment.Version.Minor);
        return !packs.Exists ? null : packs.GetDirectories($"{major}.{minor}.*")
            .OrderByDescending(version => version.LastWriteTimeUtc)
            .Select(version => Path.Combine(version.FullName, "ref", $"net{major}.{minor}"))
            .FirstOrDefault(Directory.Exists);
    }
}
