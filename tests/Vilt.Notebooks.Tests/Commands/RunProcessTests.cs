using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>The process that runs a notebook's cells: its memory, and its end.</summary>
public sealed class RunProcessTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A block as large as a tensor of a full-size model, for which glibc would otherwise take new pages each time.</summary>
    [Fact]
    public async Task Cells_get_memory_back_that_was_freed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc's allocator is Linux's.");
        Assert.SkipWhen(Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(name => name.StartsWith("MALLOC_", StringComparison.Ordinal)), "MALLOC_… sets the allocator.");
        folder.Notebook("1.ipynb", """
            using System.Runtime.InteropServices;
            const int Bytes = 100 << 20, Page = 4096;
            void Use()
            {
                var block = Marshal.AllocHGlobal(Bytes);
                for (var at = 0; at < Bytes; at += Page) Marshal.WriteByte(block, at, 1);
                Marshal.FreeHGlobal(block);
            }
            long Faults() => long.Parse(System.IO.File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[7]);
            long NewPages()
            {
                var before = Faults();
                Use();
                return Faults() - before;
            }
            // Another thread may just have taken a piece of what was freed, so that one use or two do need new pages.
            var fewest = Enumerable.Range(0, 16).Min(_ => NewPages());
            if (fewest > Bytes / Page / 4) throw new Exception($"{fewest} new pages");
            """);
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder.Path, "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Theory]
    [InlineData("Environment.FailFast(\"out of native luck\");", "out of native luck")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "was killed")]
    [InlineData("Environment.Exit(7);", "exit code 7")]
    public async Task The_death_of_the_process_is_told_with_its_cell(string death, string message)
    {
        folder.Notebook("n.ipynb", "\"before\"", $"Console.WriteLine(\"last words\");\nConsole.Out.Flush();\ndisplay(1);\n{death}", "\"after\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"{folder["n.ipynb"]}: cell 2: the process", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
        var cells = folder.Read("out/n.ipynb")["cells"]!.AsArray();
        Assert.Single(TestFolder.Outputs(cells, 0));
        Assert.Equal(["stream", "display_data", "error"], TestFolder.Outputs(cells, 1).Select(output => output!["output_type"]!.ToString()));
        Assert.Empty(TestFolder.Outputs(cells, 2));
        await NotebookSchema.AssertValidAsync(folder["out/n.ipynb"]);
    }

    [Fact]
    public async Task A_cell_over_its_time_is_stopped_with_its_process()
    {
        folder.Notebook("n.ipynb", "display(Environment.ProcessId);\nSystem.Threading.Thread.Sleep(-1);");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"], "--timeout", "20");
        Assert.Equal(1, exitCode);
        Assert.Contains("Timeout: the cell took longer than 20 s", error, StringComparison.Ordinal);
        AssertGone(folder.Read("out/n.ipynb"));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_process_and_keeps_what_ran()
    {
        folder.Notebook("n.ipynb", "display(Environment.ProcessId);", "await Task.Delay(-1);");
        using var process = ViltProgram.Start("run", folder["n.ipynb"], "--out", folder["out"]);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken); // The first cell has run.
        // But for the exit status, the program takes TERM as it takes Ctrl+C's INT, which a shell's background job, as this test may be, ignores.
        using var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(143, process.ExitCode);
        AssertGone(folder.Read("out/n.ipynb"));
    }

    [Fact]
    public async Task A_killed_program_takes_its_child_along()
    {
        folder.Notebook("n.ipynb", $"System.IO.File.WriteAllText(\"pid.txt\", $\"{{Environment.ProcessId}}\");\n1", "await Task.Delay(-1);");
        using var process = ViltProgram.Start("run", folder["n.ipynb"], "--out", folder["out"]);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken); // The first cell has run.
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AssertEndsAsync(int.Parse(File.ReadAllText(folder["pid.txt"])));
    }

    private static void AssertGone(JsonObject notebook)
    {
        var id = int.Parse(TestFolder.Outputs(notebook["cells"]!.AsArray(), 0)[0]!["data"]!["text/plain"]![0]!.ToString());
        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(id));
    }

    private static async Task AssertEndsAsync(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }
}
