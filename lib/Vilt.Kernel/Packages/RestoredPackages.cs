namespace Vilt.Kernel.Packages;

/// <summary>What a restore found, in the packages asked for and in those that they need.</summary>
/// <param name="Assemblies">Managed assemblies to run with.</param>
/// <param name="Natives">This system's native libraries.</param>
internal sealed record RestoredPackages(IReadOnlyList<PackageFile> Assemblies, IReadOnlyList<PackageFile> Natives)
{
    public IEnumerable<PackageFile> Files => Assemblies.Concat(Natives);
}
