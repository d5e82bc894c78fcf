namespace Vilt.Kernel.Packages;

/// <summary>A package can't be had.</summary>
/// <param name="code">NuGet's own code for it, such as NU1101.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="line">The cell's line at fault, where it is known.</param>
internal sealed class PackageException(string code, string message, int? line = null) : Exception(message)
{
    public string Code { get; } = code;

    public int? Line { get; } = line;
}
