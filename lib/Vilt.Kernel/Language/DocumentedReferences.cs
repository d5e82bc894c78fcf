using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Language;

/// <summary>
/// References with the XML documentation beside them. The framework's come from the SDK's reference pack where there is one, since the
/// runtime's own files have no documentation.
/// </summary>
internal sealed class DocumentedReferences(string folder) : MetadataReferenceResolver
{
    private static readonly string RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<MetadataReference[]> Framework = new(OpenFramework);

    private readonly FileReferences resolver = new(folder);
    private readonly ConcurrentDictionary<string, PortableExecutableReference> references = [];

    /// <summary>What every cell can use.</summary>
    public static IReadOnlyList<MetadataReference> Defaults => Framework.Value;

    /// <summary>A reference with its documentation; null for one without a file and for the runtime's own, which the defaults replace.</summary>
    public MetadataReference? Find(PortableExecutableReference reference) =>
        reference.FilePath is not { } path || Path.GetDirectoryName(path) == RuntimeFolder ? null
            : references.GetOrAdd(path, file => Read(file, reference.Properties));

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        // The document's path is not a real one, so relative paths start only at the folder.
        [.. resolver.ResolveReference(reference, baseFilePath: null, properties).Select(found => found.FilePath is { } path ? Open(path) : found)];

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference Open(string path) => references.GetOrAdd(path, file => Read(file));

    private static PortableExecutableReference Read(string path, MetadataReferenceProperties properties = default) =>
        MetadataReference.CreateFromFile(path, properties, DocumentationOf(path));

    private static XmlDocumentationProvider? DocumentationOf(string path)
    {
        var xml = Path.ChangeExtension(path, ".xml");
        return File.Exists(xml) ? XmlDocumentationProvider.CreateFromFile(xml) : null;
    }

    private static MetadataReference[] OpenFramework()
    {
        var framework = PackFolder() is { } pack ? Directory.GetFiles(pack, "*.dll") : ReferencedAssemblies.Framework();
        return [.. framework.Concat(ReferencedAssemblies.ForDisplay.Select(assembly => assembly.Location))
            .Select(path => ReferencedAssemblies.OpenFramework(path, DocumentationOf(path)))];
    }

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
