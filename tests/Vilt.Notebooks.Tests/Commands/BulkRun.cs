using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>A small model, some pictures of the Zoo, and a folder <c>out</c> for what a command makes of all their questions.</summary>
internal sealed class BulkRun : IDisposable
{
    public BulkRun()
    {
        Zoo.Draw(Folder["zoo"], pictures: 8, seed: 5);
        ZooModel.Save(Folder["model"], "yes", "no", "cat");
        Examples = VqaFolder.Read(Folder["zoo"]).Examples;
    }

    public TestFolder Folder { get; } = new();

    public IReadOnlyList<VqaExample> Examples { get; }

    public string FirstPart => Folder["out/part-00000.safetensors"];

    public string[] Parts() => [.. Directory.GetFiles(Folder["out"], "part-*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    /// <summary>The questions of the first part.</summary>
    public long[] QuestionIds()
    {
        using var file = Safetensors.Open(FirstPart);
        using var ids = file.Read("question_id");
        return ids.data<long>().ToArray();
    }

    public Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] options) =>
        ViltProgram.RunAsync([command, Folder["model"], "--data", Folder["zoo"], "--out", Folder["out"], .. options]);

    public async Task SucceedsAsync(string command, params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(command, options);
        Assert.Equal((0, ""), (exitCode, error));
    }

    public void Dispose() => Folder.Dispose();
}
