using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Running;

/// <summary>What strangers' cells try, and what comes of it.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Cells_see_reach_change_and_end_nothing_outside()
    {
        SkipWithoutSandbox();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        folder.Write("in/neighbor.ipynb", "secret");
        folder.Notebook(
            "in/n.ipynb",
            "System.IO.File.ReadAllText(\"neighbor.ipynb\")",
            "string.Join(' ', System.IO.Directory.GetFileSystemEntries(\".\"))",
            $"new System.Net.Sockets.TcpClient().Connect(\"127.0.0.1\", {port});",
            "System.IO.File.WriteAllText(\"../above.txt\", \"x\");",
            "System.IO.File.WriteAllText(\"n.ipynb\", \"x\");",
            "System.IO.File.WriteAllText(\"own.txt\", \"x\"); System.IO.File.WriteAllText(\"/tmp/own.txt\", \"x\"); System.IO.File.ReadAllText(\"own.txt\")",
            "Environment.GetEnvironmentVariable(\"SECRET\") ?? \"unset\"",
            "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"kill -9 1 $PPID -1\"]).WaitForExit();");
        var environment = new Dictionary<string, string?> { ["SECRET"] = "secret" };
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            environment, "run", folder["in/n.ipynb"], "--sandbox", "--allow-errors", "--timeout", "120", "--out", folder["out"]);
        Assert.True(exitCode is 0 or 1, error);
        Assert.StartsWith("error FileNotFoundException", Outcome(0), StringComparison.Ordinal);
        Assert.Equal("./n.ipynb", Outcome(1));
        Assert.StartsWith("error ", Outcome(2), StringComparison.Ordinal);
        Assert.False(listener.Pending());
        Assert.StartsWith("error ", Outcome(4), StringComparison.Ordinal);
        Assert.Equal("x", Outcome(5));
        Assert.Equal("unset", Outcome(6));
        Assert.Equal(["n.ipynb", "neighbor.ipynb"], Directory.GetFileSystemEntries(folder["in"]).Select(Path.GetFileName).Order());
        Assert.False(File.Exists(folder["above.txt"]));
    }

    [Fact]
    public async Task Memory_that_one_process_takes_too_much_of_is_refused_to_its_cell()
    {
        SkipWithoutSandbox();
        folder.Notebook(
            "n.ipynb",
            "var all = new List<byte[]>();",
            "for (var i = 0; i < 100; i++)\n    all.Add(GC.AllocateUninitializedArray<byte>(100_000_000));",
            "all.Clear(); \"after\"");
        await RunAsync("n.ipynb");
        Assert.StartsWith("error OutOfMemoryException", Outcome(1), StringComparison.Ordinal);
        Assert.Equal("after", Outcome(2));
    }

    [Theory]
    [InlineData("for i in 1 2 3 4 5 6; do head -c 1100000000 /dev/zero | tail -c 1000000000 | sleep 60 & done; wait", "GiB of memory")]
    [InlineData("f() { f | f & }; f; sleep 60", "processes and threads")]
    public async Task Processes_that_together_take_too_much_are_ended_with_a_word_why(string script, string reason)
    {
        SkipWithoutSandbox();
        folder.Notebook("n.ipynb", $"System.Diagnostics.Process.Start(\"sh\", [\"-c\", {JsonValue.Create(script).ToJsonString()}]).WaitForExit();");
        var error = await RunAsync("n.ipynb");
        Assert.Contains("the process was ended: it ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.StartsWith("error ProcessDied", Outcome(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sandbox_ends_with_the_program_however_that_ends()
    {
        SkipWithoutSandbox();
        const string Marked = "300.71236";
        folder.Notebook("n.ipynb", $"System.Diagnostics.Process.Start(\"setsid\", [\"sleep\", \"{Marked}\"]); 1", "while (true) ;");
        using var program = ViltProgram.Start("run", folder["n.ipynb"], "--sandbox", "--out", folder["out"]);
        await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken); // The first cell has run.
        Assert.True(Runs(Marked));
        program.Kill(entireProcessTree: false);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => !Runs(Marked), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Where_there_is_no_bubblewrap_nothing_is_run()
    {
        folder.Notebook("n.ipynb", "1");
        var environment = new Dictionary<string, string?> { ["PATH"] = folder.Path };
        var (exitCode, _, error) = await ViltProgram.RunAsync(environment, "run", folder["n.ipynb"], "--sandbox", "--out", folder["out"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("bubblewrap", error, StringComparison.Ordinal);
        Assert.Contains("Without --sandbox", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static void SkipWithoutSandbox() => Assert.SkipWhen(Sandbox.Problem() is not null, Sandbox.Problem() ?? "");

    private static bool Runs(string argument) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains("sleep\0" + argument, StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    private async Task<string> RunAsync(string notebook) =>
        (await ViltProgram.RunAsync("run", folder[notebook], "--sandbox", "--allow-errors", "--timeout", "240", "--out", folder["out"])).Error;

    /// <summary>A cell's value as text, or "error" with its kind.</summary>
    private string Outcome(int cell)
    {
        var output = folder.Read("out/n.ipynb")["cells"]![cell]!["outputs"]![0]!;
        return output["output_type"]!.ToString() == "error" ? $"error {output["ename"]}" : output["data"]!["text/plain"]![0]!.ToString();
    }
}
