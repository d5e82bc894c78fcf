namespace Vilt.Kernel.Packages;

/// <summary>What a restore found, in the packages asked for and in those that they need.</summary>
/// <param name="Assemblies">Managed assemblies to run with.</param>
/// <param name="Natives">This system's native libraries.</param>
/// <param name="Satellites">Assemblies with the texts of one culture each.</param>
/// <param name="Versions">The versions of all packages by name, also of those without a file of their own.</param>
internal sealed record RestoredPackages(
    IReadOnlyList<PackageFile> Assemblies,
    IReadOnlyList<PackageFile> Natives,
    IReadOnlyList<PackageFile> Satellites,
    IReadOnlyDictionary<string, string> Versions)
{
    /// <summary>Packages that were asked for, or are loaded, at an older version than others need: a sentence for each.</summary>
    public IReadOnlyList<string> Downgrades { get; init; } = [];
}
