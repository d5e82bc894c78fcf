using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vilt.Kernel.Tests.Jupyter;

/// <summary>Jupyter runs the series with the kernel, and gets what <c>vilt run</c> gets.</summary>
public sealed partial class SeriesTests(InstalledKernel kernel) : IClassFixture<InstalledKernel>, IDisposable
{
    private static readonly string Notebooks = Path.Combine(Checkout.Root, "notebooks", "solutions");
    private readonly string folder = Directory.CreateTempSubdirectory("series").FullName;

    public static TheoryData<string> Names => [.. Directory.GetFiles(Notebooks, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Jupyter_and_vilt_run_get_the_same(string name)
    {
        var source = Path.Combine(Notebooks, name + ".ipynb");
        var (exitCode, printed) = await JupyterPython.RunAsync(
            kernel.DataFolder, Notebooks, "-m", "nbconvert", "--to", "notebook", "--execute", source, "--output-dir", folder, "--output", "jupyter");
        Assert.True(exitCode == 0, printed);
        using var vilt = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Vilt.Notebooks"), ["run", source, "--out", folder]) { RedirectStandardOutput = true })!;
        await vilt.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Outputs(Path.Combine(folder, name + ".ipynb")), Outputs(Path.Combine(folder, "jupyter.ipynb")));
    }

    [Fact]
    public async Task Jupyter_makes_pages_of_them()
    {
        var source = Path.Combine(Notebooks, Names.First().Data + ".ipynb");
        var (exitCode, printed) = await JupyterPython.RunAsync(
            kernel.DataFolder, Notebooks, "-m", "nbconvert", "--to", "html", "--execute", source, "--output-dir", folder, "--output", "page");
        Assert.True(exitCode == 0, printed);
        Assert.Contains("highlight hl-csharp", await File.ReadAllTextAsync(Path.Combine(folder, "page.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Outputs(string notebook)
    {
        var cells = JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray();
        return cells.SelectMany((cell, number) => Whole(cell!["outputs"]?.AsArray() ?? []).Select(output => $"{number}: {Steady(output)}"));
    }

    /// <summary>The outputs of a cell. Console text that came in pieces, as time would have it, is one.</summary>
    private static List<JsonNode> Whole(JsonArray outputs)
    {
        List<JsonNode> whole = [];
        foreach (var output in outputs.Select(output => output!.DeepClone()))
        {
            if (output["name"] is { } stream && whole.LastOrDefault() is { } last && last["name"]?.ToString() == stream.ToString())
            {
                last["text"] = Joined(last["text"])!.ToString() + Joined(output["text"]);
            }
            else
            {
                whole.Add(output);
            }
        }

        return whole;
    }

    /// <summary>An output's own part, without times and generated names.</summary>
    private static string Steady(JsonNode output)
    {
        var content = output["data"] ?? output["text"] ?? output["evalue"]!;
        return Volatile().Replace($"{output["output_type"]} {Joined(content)?.ToJsonString()}", "*");
    }

    /// <summary>Texts may be lists of lines.</summary>
    private static JsonNode? Joined(JsonNode? node) => node switch
    {
        JsonArray lines when lines.All(line => line is JsonValue value && value.TryGetValue<string>(out _)) => string.Concat(lines.Select(line => line!.ToString())),
        JsonArray items => new JsonArray([.. items.Select(Joined)]),
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key).Select(field => KeyValuePair.Create(field.Key, Joined(field.Value)))),
        _ => node?.DeepClone(),
    };

    [GeneratedRegex(@"\b\d+([.,]\d+)? ?(s|ms|seconds|steps/s)\b|\b\d+:\d\d left\b|\b[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b")]
    private static partial Regex Volatile();
}
