namespace Vilt.Kernel.Packages;

/// <summary>A file that a program with these packages would have beside it.</summary>
/// <param name="Package">The package that holds it.</param>
/// <param name="Version">That package's version.</param>
/// <param name="Path">The file in NuGet's folder of packages.</param>
internal sealed record PackageFile(string Package, string Version, string Path)
{
    public string FileName => System.IO.Path.GetFileName(Path);
}
