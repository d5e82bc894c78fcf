using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Runs_a_notebook_and_writes_it_valid_and_with_its_page()
    {
        folder.Write("data.txt", "beside");
        folder.Notebook(
            "lesson.ipynb",
            TestFolder.Markdown("# A lesson"),
            "var x = 20;\nConsole.Write(\"a\");\nawait Task.Delay(60);\nConsole.WriteLine(\"b\");",
            "   ",
            "var shown = display(\"old\");",
            "shown.Update(HTML(\"<b>new</b>\"));\n\"{\\\"data\\\":[]}\".DisplayAs(\"application/vnd.plotly.v1+json\");\nFile.ReadAllText(\"data.txt\") + (x + 1)",
            TestFolder.Code("throw new Exception(\"meant\");", "raises-exception"),
            "x");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder["lesson.ipynb"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("notebook 1/1 lesson.ipynb cell 5/5", output, StringComparison.Ordinal);
        await NotebookSchema.AssertValidAsync(folder["out/lesson.ipynb"]);

        var cells = folder.Read("out/lesson.ipynb")["cells"]!.AsArray();
        Assert.Equal(["null", "1", "null", "2", "3", "4", "5"], cells.Select(cell => cell!["execution_count"]?.ToJsonString() ?? "null"));
        Assert.Equal("""["ab\n"]""", Assert.Single(Outputs(cells, 1))!["text"]!.ToJsonString());
        Assert.Equal("<b>new</b>", Assert.Single(Outputs(cells, 3))!["data"]!["text/html"]![0]!.ToString());
        Assert.IsType<JsonArray>(Outputs(cells, 4)[0]!["data"]!["application/vnd.plotly.v1+json"]!["data"]);
        Assert.Equal("""["beside21"]""", Outputs(cells, 4)[1]!["data"]!["text/plain"]!.ToJsonString());
        Assert.Equal("meant", Outputs(cells, 5)[0]!["evalue"]!.ToString());
        Assert.Contains("<title>A lesson</title>", File.ReadAllText(folder["out/lesson.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cleared_outputs_are_gone_and_waiting_ones_only_when_another_comes()
    {
        folder.Notebook(
            "1.ipynb",
            "display(1);\nclear_output();\ndisplay(2);\nclear_output(wait: true);\nConsole.WriteLine(3);",
            "display(4);\nclear_output(wait: true);");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["1.ipynb"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        await NotebookSchema.AssertValidAsync(folder["out/1.ipynb"]);
        var cells = folder.Read("out/1.ipynb")["cells"]!.AsArray();
        Assert.Equal("""["3\n"]""", Assert.Single(Outputs(cells, 0))!["text"]!.ToJsonString());
        Assert.Equal("""["4"]""", Assert.Single(Outputs(cells, 1))!["data"]!["text/plain"]!.ToJsonString());
    }

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
            long Faults() => long.Parse(File.ReadAllText("/proc/thread-self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[7]);
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

    [Fact]
    public async Task A_failing_cell_ends_its_notebook_but_not_the_others()
    {
        folder.Notebook("1.ipynb", "Console.WriteLine(\"before\");", "var x = 1;\nmissing();", "\"after\"");
        folder.Write("2.ipynb", "{");
        folder.Notebook("3.ipynb", "\"fine\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder.Path, "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{folder["1.ipynb"]}: cell 2, line 2: CS0103:", lines[0], StringComparison.Ordinal);
        Assert.StartsWith(folder["2.ipynb"], lines[1], StringComparison.Ordinal);
        var cells = folder.Read("out/1.ipynb")["cells"]!.AsArray();
        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(i => Outputs(cells, i).Count));
        Assert.True(File.Exists(folder["out/1.html"]));
        Assert.Single(Outputs(folder.Read("out/3.ipynb")["cells"]!.AsArray(), 0));
        Assert.False(File.Exists(folder["out/2.ipynb"]));
    }

    [Fact]
    public async Task Allowed_errors_do_not_stop_the_notebook()
    {
        folder.Notebook("n.ipynb", "missing();", "\"after\"");
        var (exitCode, _, _) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"], "--allow-errors");
        Assert.Equal(0, exitCode);
        Assert.Equal("error", Outputs(folder.Read("out/n.ipynb")["cells"]!.AsArray(), 0)[0]!["output_type"]!.ToString());
        Assert.Single(Outputs(folder.Read("out/n.ipynb")["cells"]!.AsArray(), 1));
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
        Assert.Single(Outputs(cells, 0));
        Assert.Equal(["stream", "display_data", "error"], Outputs(cells, 1).Select(output => output!["output_type"]!.ToString()));
        Assert.Empty(Outputs(cells, 2));
        await NotebookSchema.AssertValidAsync(folder["out/n.ipynb"]);
    }

    [Fact]
    public async Task A_cell_over_its_time_is_stopped_with_its_process()
    {
        folder.Notebook("n.ipynb", "display(Environment.ProcessId);\nSystem.Threading.Thread.Sleep(-1);");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"], "--timeout", "20");
        Assert.Equal(1, exitCode);
        Assert.Contains("cell 1: the cell took longer than 20 s", error, StringComparison.Ordinal);
        AssertGone(folder.Read("out/n.ipynb"));
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_process_and_keeps_what_ran()
    {
        folder.Notebook("n.ipynb", "display(Environment.ProcessId);", "await Task.Delay(-1);");
        using var process = ViltProgram.Start("run", folder["n.ipynb"], "--out", folder["out"]);
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
        folder.Notebook("n.ipynb", $"File.WriteAllText(\"pid.txt\", $\"{{Environment.ProcessId}}\");\n1", "await Task.Delay(-1);");
        using var process = ViltProgram.Start("run", folder["n.ipynb"], "--out", folder["out"]);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await AssertEndsAsync(int.Parse(File.ReadAllText(folder["pid.txt"])));
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("run", "--bogus")]
    [InlineData("run", "--timeout", "soon")]
    [InlineData("run", "--timeout", "0")]
    [InlineData("student", "a.ipynb")]
    [InlineData("zoo", "--out", "x", "--pictures", "none")]
    public async Task Wrong_use_is_one_line_and_status_2(params string[] arguments)
    {
        var (exitCode, output, error) = await ViltProgram.RunAsync(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_notebooks_own_folder_is_no_place_for_results()
    {
        var path = folder.Notebook("n.ipynb", "1");
        var before = File.ReadAllText(path);
        Assert.Equal(2, (await ViltProgram.RunAsync("run", path, "--out", folder.Path)).ExitCode);
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Theory]
    [InlineData]
    [InlineData("run")]
    [InlineData("student")]
    [InlineData("zoo")]
    public async Task Every_help_has_examples(params string[] command)
    {
        var (exitCode, output, error) = await ViltProgram.RunAsync([.. command, "--help"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"vilt {string.Join(' ', command)}".Trim(), output, StringComparison.Ordinal);
    }

    private static JsonArray Outputs(JsonArray cells, int index) => cells[index]!["outputs"]!.AsArray();

    private static void AssertGone(JsonObject notebook)
    {
        var id = int.Parse(Outputs(notebook["cells"]!.AsArray(), 0)[0]!["data"]!["text/plain"]![0]!.ToString());
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
