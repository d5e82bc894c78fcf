using System.Diagnostics;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Training;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>What is wrong around the program is told in one line, and no secret is in it.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private static readonly string[] Ask = ["ask", "--model", "some/model", "--picture", Series.Asset("zebra.png"), "--question", "x"];

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("hf_s3cret\nX: y", "http://127.0.0.1:9", "HF_TOKEN")]
    [InlineData("hf_s3cret\r\n\thf", "http://127.0.0.1:9", "HF_TOKEN")]
    [InlineData("hf_s3créet", "http://127.0.0.1:9", "HF_TOKEN")]
    [InlineData(null, "http://user:s3cret@127.0.0.1:9", "HF_ENDPOINT")]
    [InlineData(null, "http://s3cret@127.0.0.1:9/hub", "HF_ENDPOINT")]
    [InlineData(null, "user:s3cret@127.0.0.1", "HF_ENDPOINT")]
    [InlineData(null, "ftp://user:s3cret@127.0.0.1:9", "HF_ENDPOINT")]
    public async Task A_token_or_an_address_that_cannot_be_used_is_not_printed(string? token, string endpoint, string named)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            new Dictionary<string, string?> { ["HF_HOME"] = folder.Path, ["HF_ENDPOINT"] = endpoint, ["HF_TOKEN"] = token }, Ask);
        Assert.Equal(1, exitCode);
        Assert.Contains(named, Line(error), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_token_that_cannot_be_sent_is_named_by_its_file()
    {
        folder.Write("token", "hf_s3cret\nhf_other\n");
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            new Dictionary<string, string?> { ["HF_HOME"] = folder.Path, ["HF_ENDPOINT"] = "http://127.0.0.1:9", ["HF_TOKEN"] = null }, Ask);
        Assert.Equal(1, exitCode);
        Assert.StartsWith(folder["token"], Line(error), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ulimit -n 64", "ulimit -n")]
    [InlineData("ulimit -n 100", "ulimit -n")]
    [InlineData("ulimit -v 3000000", "ulimit -v")]
    [InlineData("rmdir .", "current folder was deleted")]
    public async Task Too_little_allowed_or_no_folder_is_told_with_a_remedy(string before, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux's limits.");
        Directory.CreateDirectory(folder["gone"]);
        var program = Path.Combine(AppContext.BaseDirectory, "Vilt.Notebooks");
        var script = $"{before.Replace(" .", $" '{folder["gone"]}'", StringComparison.Ordinal)}; exec '{program}' student x --out y";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script])
        {
            WorkingDirectory = folder["gone"],
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains(expected, Line(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "1000")]
    [InlineData("70000", "70000")]
    public async Task Waiting_threads_leave_their_core_to_other_programs_soon_unless_the_user_sets_it(string? set, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libgomp is Linux's.");
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            new Dictionary<string, string?> { ["OMP_DISPLAY_ENV"] = "VERBOSE", ["OMP_WAIT_POLICY"] = null, ["GOMP_SPINCOUNT"] = set },
            "ask", "--model", Series.Asset("vilt-zoo-finetuned-vqa"), "--picture", Series.Asset("zebra.png"), "--question", "x");
        Assert.True(exitCode == 0, error);
        Assert.Contains($"GOMP_SPINCOUNT = '{expected}'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_training_into_a_folder_is_refused_while_the_first_runs()
    {
        string[] train =
        [
            "train", "pretrain", "--config", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["mlm"], "--steps", "1", "--batch-size", "2",
        ];
        Vilt.Scenes.Zoo.Draw(folder["zoo"], pictures: 3, seed: 5, cancellationToken: TestContext.Current.CancellationToken);
        using (TrainingLock.Take(folder["mlm"]))
        {
            var (exitCode, _, error) = await ViltProgram.RunAsync(train);
            Assert.Equal(1, exitCode);
            Assert.Contains($"is training into {folder["mlm"]}", Line(error), StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(folder["mlm"]));
        File.WriteAllText(folder["mlm/training.lock"], ""); // As a killed process leaves it.
        Assert.Equal(0, (await ViltProgram.RunAsync(train)).ExitCode);
        Assert.False(File.Exists(folder["mlm/training.lock"]));
    }

    private static string Line(string error) => Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
