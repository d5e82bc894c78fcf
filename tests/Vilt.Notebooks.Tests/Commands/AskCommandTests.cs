using Vilt.Notebooks.Tests.Sites;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class AskCommandTests : IDisposable
{
    private static readonly string Picture = Path.Combine(ZooModel.BodyFolder, "..", "zebra.png");

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Gives_the_best_answers_first_and_a_page_that_needs_no_network()
    {
        ZooModel.Save(folder["model"], "yes", "no", "<zebra>");
        var (exitCode, output, error) = await AskAsync("what is on the <picture>", "--model", folder["model"], "--top", "2", "--explain", folder["why/page.html"]);
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var probabilities = lines[..2].Select(line => double.Parse(line[..5], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Matches("^[01][.][0-9]{3}  (yes|no|<zebra>)$", lines[0]);
        Assert.True(probabilities[0] >= probabilities[1]);
        Assert.StartsWith("Explained: ", lines[2], StringComparison.Ordinal);

        var page = await File.ReadAllTextAsync(folder["why/page.html"], TestContext.Current.CancellationToken);
        Assert.Contains("<h1>what is on the &lt;picture&gt;</h1>", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"heatmap\"", page, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"bar\"", page, StringComparison.Ordinal);
        Assert.Contains("Word Importance", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<zebra>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_that_ask_for_one_model_fetch_it_once()
    {
        using var sites = new RealSites(pictures: 1);
        var asked = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => ViltProgram.RunAsync(
            sites.Environment(folder["cache"]), "ask", "--picture", Picture, "--question", "is it a zebra?", "--model", RealSites.Finetuned)));
        Assert.All(asked, one => Assert.True(one.ExitCode == 0, one.Error));
        Assert.Equal(asked[0].Output, asked[1].Output);
        Assert.Single(sites.Given("/hub"), path => path.EndsWith("model.safetensors", StringComparison.Ordinal));
        Assert.Contains("model.safetensors: 100 %", asked[0].Error + asked[1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_is_wrong_without_a_stack_trace()
    {
        ZooModel.Save(folder["model"], Zoo.Answers);
        await AssertFailsAsync(folder["none"], "--model", folder["none"]);
        await AssertFailsAsync("HF_HUB_OFFLINE", "--model", "someone/something");
        await AssertFailsAsync(folder["none.png"], "--picture", folder["none.png"], "--model", folder["model"]);
    }

    private async Task AssertFailsAsync(string expected, params string[] arguments)
    {
        string[] picture = arguments.Contains("--picture") ? [] : ["--picture", Picture];
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            new Dictionary<string, string?> { ["HF_HUB_OFFLINE"] = "1", ["HF_HUB_CACHE"] = folder["cache"] }, ["ask", "--question", "is it?", .. picture, .. arguments]);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Error)> AskAsync(string question, params string[] more) =>
        ViltProgram.RunAsync(["ask", "--picture", Picture, "--question", question, .. more]);
}
