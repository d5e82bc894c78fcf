using Vilt.Data;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Cluster;

/// <summary>
/// Explanations of a small Zoo, one of whose pictures can't be read, as one run without shares makes them: what shares make must equal it.
/// </summary>
public sealed class WholeRun : IDisposable
{
    public const int Shares = 8;

    /// <summary>The shares that don't get to the end at first. They have two parts, and the others one.</summary>
    public const int Stopped = 0, Killed = 1;

    private const int PartSize = 16, Questions = (Shares + 2) * PartSize;
    private const int Broken = 100; // a question whose picture can't be read

    public WholeRun()
    {
        Zoo.Draw(Folder["zoo"], pictures: 60, seed: 5);
        ZooModel.Save(Folder["model"], "yes", "no", "cat");
        File.WriteAllText(VqaFolder.Read(Folder["zoo"]).Examples[Broken].ImagePath, "no picture");
    }

    public TestFolder Folder { get; } = new();

    /// <summary>What the results depend on, beside model and data.</summary>
    public IReadOnlyList<string> Settings { get; } = ["--limit", $"{Questions}", "--steps", "100"];

    /// <summary>Eight programs have this machine together.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?> { ["OMP_NUM_THREADS"] = "1" };

    private string Expected => Folder["whole"];

    /// <summary>The command that fills a folder.</summary>
    public string[] Command(string output) =>
        ["attribute", Folder["model"], "--data", Folder["zoo"], "--out", output, "--max-errors", "100", .. Settings];

    /// <summary>Whether a share has the first of its parts, or the second.</summary>
    public static bool HasPart(string output, int share, bool second) =>
        File.Exists(Path.Combine(output, $"part-{(second ? share + Shares : share):D5}.safetensors"));

    /// <summary>Compares a folder of results and its table, byte for byte.</summary>
    public async Task AssertIsSameAsync(string output)
    {
        if (!Directory.Exists(Expected)) // Tests that are skipped don't need it.
        {
            await SucceedsAsync(Command(Expected));
            await MergeAsync(Expected);
        }

        await SucceedsAsync("results", "verify", output);
        await MergeAsync(output);
        Assert.Equal(FilesOf(Expected), FilesOf(output));
        Assert.Contains("errors.csv", FilesOf(output));
        Assert.All(FilesOf(output), file => Assert.True(Bytes(Expected, file).SequenceEqual(Bytes(output, file)), file));
    }

    public void Dispose() => Folder.Dispose();

    private static byte[] Bytes(string folder, string file) => File.ReadAllBytes(Path.Combine(folder, file));

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private Task MergeAsync(string output) => SucceedsAsync("results", "merge", output, "--data", Folder["zoo"]);

    private async Task SucceedsAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync(Environment, arguments);
        Assert.Equal((0, ""), (exitCode, error));
    }
}

/// <summary>The tests that share it, one after the other.</summary>
[CollectionDefinition]
public sealed class AgainstWholeRun : ICollectionFixture<WholeRun>;
