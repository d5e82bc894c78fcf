using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Packages;

/// <summary>
/// Lets <c>#r "nuget: …"</c> pass. The compiler wants one assembly for each <c>#r</c>, while a package may have many or none. So it gets
/// one that every cell has anyway, and the package's assemblies are added to the submission's references.
/// </summary>
internal sealed class PackageResolver(MetadataReferenceResolver files) : MetadataReferenceResolver
{
    private static readonly PortableExecutableReference Framework = ReferencedAssemblies.OpenFramework(typeof(object).Assembly.Location);

    public override bool ResolveMissingAssemblies => files.ResolveMissingAssemblies;

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity) =>
        files.ResolveMissingAssembly(definition, referenceIdentity);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) =>
        PackageRequest.IsOne(reference) ? [Framework] : files.ResolveReference(reference, baseFilePath, properties);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => files.GetHashCode();
}
