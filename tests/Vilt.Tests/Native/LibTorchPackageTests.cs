using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Vilt.Tests.Native;

/// <summary>Which libtorch a build would restore, found by evaluating the project: the CUDA packages are gigabytes.</summary>
public class LibTorchPackageTests
{
    [Theory]
    [InlineData("linux-x64", "cpu", "libtorch-cpu-linux-x64")]
    [InlineData("win-x64", "cpu", "libtorch-cpu-win-x64")]
    [InlineData("osx-arm64", "cpu", "libtorch-cpu-osx-arm64")]
    [InlineData("linux-x64", "cuda", "libtorch-cuda-12.8-linux-x64")]
    [InlineData("win-x64", "cuda", "libtorch-cuda-12.8-win-x64")]
    public async Task Takes_one_package_for_the_system_and_the_property(string system, string libTorch, string package)
    {
        var output = await Evaluate($"-p:RuntimeIdentifier={system}", $"-p:LibTorch={libTorch}", "-getItem:PackageReference");
        var packages = JsonNode.Parse(output)!["Items"]!["PackageReference"]!.AsArray().Select(item => item!["Identity"]!.GetValue<string>());
        Assert.Equal([package], packages.Where(name => name.StartsWith("libtorch-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Refuses_cuda_on_macOS() =>
        Assert.Contains("LibTorch=cuda is for Linux and Windows", await Evaluate("-t:CheckLibTorch", "-p:RuntimeIdentifier=osx-arm64", "-p:LibTorch=cuda"));

    private static async Task<string> Evaluate(params string[] arguments)
    {
        var project = Path.Combine(Goldens.RepositoryFolder(), "lib", "Vilt", "Vilt.csproj");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
