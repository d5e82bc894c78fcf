using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vilt.Kernel.Packages;

/// <summary>
/// Lets <c>#r "nuget: …"</c> pass. The compiler takes one assembly for a <c>#r</c> while a package may hold many or none,
/// so these get one that every cell has anyway, and a submission's own references hold the package's.
/// </summary>
internal sealed class PackageResolver(MetadataReferenceResolver files) : MetadataReferenceResolver
{
    private static readonly PortableExecutableReference Framework = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

    public override bool ResolveMissingAssemblies => files.ResolveMissingAssemblies;

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        files.ResolveMissingAssembly(definition, referenceIdentity);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        PackageRequest.IsOne(reference) ? [Framework] : files.ResolveReference(reference, baseFilePath, properties);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => files.GetHashCode();
}
