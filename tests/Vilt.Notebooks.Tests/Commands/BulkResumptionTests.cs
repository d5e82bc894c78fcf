using System.Diagnostics;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>A run of vilt predict or vilt attribute that goes on in a folder where there are results already.</summary>
public sealed class BulkResumptionTests : IDisposable
{
    private readonly BulkRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Shards_share_a_folder_and_a_stopped_run_goes_on_with_what_is_missing()
    {
        const int partSize = 16;
        Assert.InRange(run.Examples.Count, partSize + 1, 4 * partSize);
        await run.SucceedsAsync("attribute", "--steps", "2", "--shard", "1/2");
        Assert.Equal(["part-00001.safetensors"], run.Parts().Where(part => int.Parse(part[5..10]) < 3));
        await run.SucceedsAsync("attribute", "--steps", "2", "--shard", "0/2");
        var whole = run.Parts();
        Assert.Equal((run.Examples.Count + partSize - 1) / partSize, whole.Length);
        var kept = File.GetLastWriteTimeUtc(run.Folder["out/part-00001.safetensors"]);
        var lost = File.ReadAllBytes(run.FirstPart);
        File.Delete(run.FirstPart);
        await run.SucceedsAsync("attribute", "--steps", "2");
        Assert.Equal(whole, run.Parts());
        Assert.Equal(lost, File.ReadAllBytes(run.FirstPart));
        Assert.Equal(kept, File.GetLastWriteTimeUtc(run.Folder["out/part-00001.safetensors"]));
    }

    [Fact]
    public async Task Results_of_other_settings_are_not_mixed()
    {
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "1");
        var (exitCode, _, error) = await run.RunAsync("attribute", "--steps", "3", "--limit", "1");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{run.Folder["out"]} holds results of another run: steps is 2 there and 3 here.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_limit_completes_what_a_smaller_one_left()
    {
        await run.SucceedsAsync("predict", "--limit", "5");
        await run.SucceedsAsync("predict");
        Assert.Equal(run.Examples.Select(example => example.Question.QuestionId), run.QuestionIds());
        var whole = File.ReadAllBytes(run.FirstPart);
        await run.SucceedsAsync("predict", "--limit", "5"); // what is more stays
        Assert.Equal(whole, File.ReadAllBytes(run.FirstPart));
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_made_anew()
    {
        await run.SucceedsAsync("predict");
        var whole = File.ReadAllBytes(run.FirstPart);
        File.WriteAllBytes(run.FirstPart, whole[..^1]);
        await run.SucceedsAsync("predict");
        Assert.Equal(whole, File.ReadAllBytes(run.FirstPart));
    }

    [Fact]
    public async Task A_part_that_was_left_half_done_is_completed_to_what_an_unbroken_run_gives()
    {
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "5");
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "16");
        var completed = File.ReadAllBytes(run.FirstPart);
        Directory.Delete(run.Folder["out"], recursive: true);
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "16");
        Assert.Equal(File.ReadAllBytes(run.FirstPart), completed);
    }

    [Theory]
    [InlineData(15, 143)] // SIGTERM
    [InlineData(10, 75)] // SIGUSR1
    public async Task A_signal_keeps_what_is_done_and_the_same_command_goes_on(int signal, int expected)
    {
        string[] command = ["attribute", run.Folder["model"], "--data", run.Folder["zoo"], "--out", run.Folder["out"], "--steps", "200"];
        using (var process = ViltProgram.Start(command))
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith('2'))
            {
                // A twentieth of the work is told at a time; the second line is written within the first part.
            }

            Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, process.ExitCode);
        }

        Assert.NotEmpty(run.QuestionIds());
        Assert.DoesNotContain(Directory.GetFiles(run.Folder["out"]), file => file.EndsWith(".part", StringComparison.Ordinal));
        await run.SucceedsAsync("attribute", "--steps", "200", "--limit", "16");
        Assert.Equal(run.Examples.Take(16).Select(example => example.Question.QuestionId), run.QuestionIds());
    }

    [Fact]
    public async Task Another_model_in_the_same_place_is_refused_and_the_same_in_another_goes_on()
    {
        await run.SucceedsAsync("predict", "--limit", "3");
        Directory.Move(run.Folder["model"], run.Folder["elsewhere"]);
        Directory.Move(run.Folder["zoo"], run.Folder["zoo-elsewhere"]);
        var (exitCode, _, error) = await ViltProgram.RunAsync("predict", run.Folder["elsewhere"], "--data", run.Folder["zoo-elsewhere"], "--out", run.Folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(run.Examples.Count, run.QuestionIds().Length);
        Directory.Move(run.Folder["zoo-elsewhere"], run.Folder["zoo"]);
        ZooModel.Save(run.Folder["model"], "yes", "no", "dog");
        await AssertOtherRunAsync("model is");
    }

    [Fact]
    public async Task Other_data_in_the_same_place_are_refused()
    {
        await run.SucceedsAsync("predict", "--limit", "3");
        Directory.Delete(run.Folder["zoo"], recursive: true);
        Zoo.Draw(run.Folder["zoo"], pictures: 8, seed: 6, cancellationToken: TestContext.Current.CancellationToken);
        await AssertOtherRunAsync("data is");
    }

    private async Task AssertOtherRunAsync(string part)
    {
        var (exitCode, _, error) = await run.RunAsync("predict");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{run.Folder["out"]} holds results of another run: {part}", error, StringComparison.Ordinal);
        Assert.Single(run.Parts());
    }
}
