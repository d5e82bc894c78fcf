namespace Vilt.Kernel.Tests.Jupyter;

public sealed class ConformanceTests(InstalledKernel kernel) : IClassFixture<InstalledKernel>
{
    [Fact]
    public async Task Passes_the_conformance_tests_of_Jupyter()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Jupyter");
        var (exitCode, printed) = await JupyterPython.RunAsync(kernel.DataFolder, folder, "-m", "unittest", "-v", "csharp_kernel_test");
        Assert.True(exitCode == 0, printed);
        // Paging is no longer part of the protocol; nothing else is passed over.
        Assert.Contains("skipped=1)", printed, StringComparison.Ordinal);
        Assert.Matches("test_pager .* skipped", printed);
    }
}
