using System.Diagnostics;

namespace Vilt.Kernel.Tests.Jupyter;

/// <summary>The kernel spec, installed into a folder of its own by the program itself.</summary>
public sealed class InstalledKernel : IDisposable
{
    public InstalledKernel()
    {
        using var install = Process.Start(Path.Combine(AppContext.BaseDirectory, "Vilt.Kernel"), ["install", "--prefix", Prefix]);
        install.WaitForExit();
        Assert.Equal(0, install.ExitCode);
    }

    public string Prefix { get; } = Directory.CreateTempSubdirectory("kernels").FullName;

    /// <summary>What JUPYTER_PATH is to name.</summary>
    public string DataFolder => Path.Combine(Prefix, "share", "jupyter");

    public void Dispose() => Directory.Delete(Prefix, recursive: true);
}
