using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Sites;

public sealed class RealSeriesTests : IDisposable
{
    private const int Pictures = 90; // more than the notebooks look at

    private readonly TestFolder folder = new();
    private readonly RealSites sites = new(Pictures);

    public void Dispose()
    {
        sites.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task The_series_runs_on_what_it_fetches_and_again_when_the_sites_are_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a privilege there.");
        foreach (var part in new[] { "lib", "assets" })
        {
            Directory.CreateSymbolicLink(folder[part], Path.Combine(Series.Root()!, part));
        }

        foreach (var notebook in Series.Find([]))
        {
            folder.Write($"notebooks/solutions/{Path.GetFileName(notebook)}", File.ReadAllText(notebook));
        }

        await RunAsync("fetched", folder["notebooks/solutions"]);
        Assert.Contains(sites.Given("/hub"), path => path.EndsWith("pytorch_model.bin", StringComparison.Ordinal));
        Assert.Contains(sites.Given("/hub"), path => path.EndsWith("model.safetensors", StringComparison.Ordinal));
        Assert.Equal(2, sites.Given("/vqa").Count);
        Assert.InRange(sites.Given("/coco").Count, 1, Pictures - 1);
        foreach (var site in new[] { "/hub", "/coco" })
        {
            Assert.Equal(sites.Given(site).Distinct(), sites.Given(site));
        }

        sites.Server.Dispose();
        await RunAsync("cached", folder["notebooks/solutions/01-load-the-data.ipynb"], folder["notebooks/solutions/04-ask-the-model.ipynb"]);
        Assert.Equal(PlainOutputs("fetched"), PlainOutputs("cached"));
    }

    private async Task RunAsync(string output, params string[] notebooks)
    {
        var (exitCode, printed, error) = await ViltProgram.RunAsync(
            sites.Environment(folder["cache"]), ["run", .. notebooks, "--out", folder[output]]);
        Assert.True(exitCode == 0, printed + error);
    }

    /// <summary>The first notebook's tables and values; where something is fetched, it also prints how far it is.</summary>
    private IEnumerable<string> PlainOutputs(string output) =>
        folder.Read($"{output}/01-load-the-data.ipynb")["cells"]!.AsArray()
            .SelectMany(cell => cell!["outputs"]?.AsArray() ?? [])
            .Select(shown => shown!["data"]?["text/plain"]?.ToJsonString())
            .OfType<string>();
}
