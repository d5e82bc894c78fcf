using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>What notebooks hold and do, and what of it reaches the run, the other notebooks and the machine.</summary>
public sealed class RobustRunTests : IDisposable
{
    /// <summary>Writes to the pipe that the events go through, as no cell should.</summary>
    private const string Forge = """
        void Forge(string line)
        {
            var pipe = new Microsoft.Win32.SafeHandles.SafeFileHandle(nint.Parse(Environment.GetCommandLineArgs()[3]), ownsHandle: false);
            using var file = new System.IO.FileStream(pipe, System.IO.FileAccess.Write, 0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
        }

        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_notebook_that_cannot_be_read_parsed_or_shown_leaves_the_others_alone()
    {
        folder.Notebook("1.ipynb", TestFolder.Markdown(new string('>', 20_000) + "a"), TestFolder.Markdown(string.Concat(Enumerable.Repeat("*a ", 20_000))));
        folder.Write("2.ipynb", """{"nbformat":4,"cells":[{"cell_type":"code","source":"1 // \ud800","outputs":[{"x":NaN}]}]}""");
        folder.Write("3.ipynb", new string('[', 100_000));
        Directory.CreateDirectory(folder["4.ipynb.d"]);
        folder.Notebook("5.ipynb", $"var x = {new string('(', 20_000)}1{new string(')', 20_000)};");
        folder.Notebook("6.ipynb", "Environment.FailFast(\"gone\");");
        folder.Notebook("7.ipynb", "\"fine\"");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder.Path, "--allow-errors", "--timeout", "120", "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("unexpectedly", error, StringComparison.Ordinal);
        Assert.Matches("(?m)^done +1.ipynb", output);
        Assert.Matches("(?m)^done +2.ipynb", output);
        Assert.Matches("(?m)^failed +3.ipynb .*not a complete JSON", output);
        Assert.Matches("(?m)^failed +6.ipynb .*cell 1: the process aborted", output);
        Assert.Matches("(?m)^done +7.ipynb", output);
        foreach (var page in new[] { "1", "2", "5", "6", "7" })
        {
            Assert.True(File.Exists(folder[$"out/{page}.html"]), page);
        }

        Assert.Contains("((((1))))", File.ReadAllText(folder["out/5.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"event":"started","Cell":999,"Number":1}""")]
    [InlineData("""{"event":"started","Cell":-1,"Number":2147483648}""")]
    [InlineData("""{"event":"output","Cell":1}""")]
    [InlineData("""{"event":"output","Cell":3,"Output":{"output_type":"stream","name":"stdout","text":"a"}}""")]
    [InlineData("""{"event":"output","Cell":1,"Output":{"output_type":"display_data","data":{"text/html":5}}}""")]
    [InlineData("""{"event":"ended","Cell":1,"Failure":null}\n{"event":"ended","Cell":1,"Failure":null}""")]
    [InlineData("""{"Cell":1}""")]
    [InlineData("null")]
    [InlineData("no JSON at all")]
    public async Task What_a_cell_forges_fails_its_notebook_alone(string line)
    {
        folder.Notebook("1.ipynb", "\"before\"", Forge + $"Forge({JsonValue.Create(line).ToJsonString()}.Replace(\"\\\\n\", \"\\n\"));\nSystem.Threading.Thread.Sleep(-1);");
        folder.Notebook("2.ipynb", "\"fine\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder.Path, "--allow-errors", "--timeout", "120", "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"{folder["1.ipynb"]}: cell 2: what its process reported about it can't be used", Assert.Single(Lines(error)), StringComparison.Ordinal);
        await NotebookSchema.AssertValidAsync(folder["out/1.ipynb"]);
        Assert.True(File.Exists(folder["out/1.html"]));
        Assert.True(File.Exists(folder["out/2.html"]));
    }

    [Fact]
    public async Task What_native_code_prints_is_shown_in_part_and_takes_no_event_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "head and /dev/zero are Unix's.");
        folder.Notebook(
            "n.ipynb",
            "System.Diagnostics.Process.Start(\"head\", [\"-c\", \"30000000\", \"/dev/zero\"]).WaitForExit();",
            "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"yes | head -c 3000000; printf '\\\\036{\\\"Cell\\\":1}\\\\n'\"]).WaitForExit();",
            "\"after\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("MB more that its process printed was left out", error, StringComparison.Ordinal);
        Assert.InRange(error.Length, 1, 20_000);
        Assert.Equal("after", folder.Read("out/n.ipynb")["cells"]![2]!["outputs"]![0]!["data"]!["text/plain"]![0]!.ToString());
    }

    [Fact]
    public async Task What_is_too_much_of_an_output_is_left_out_with_a_line_that_says_so()
    {
        folder.Notebook("n.ipynb", "for (var i = 0; i < 400; i++) Console.Write(new string('a', 100_000));\ndisplay(new string('b', 70_000_000));", "\"after\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("cell 1: ", Assert.Single(Lines(error)), StringComparison.Ordinal);
        var outputs = folder.Read("out/n.ipynb")["cells"]![0]!["outputs"]!.AsArray();
        Assert.Contains("MB of this cell's output was left out", outputs[^1]!["text"]![0]!.ToString(), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(folder["out/n.ipynb"]).Length, 32 << 20, 34 << 20);
    }

    [Fact]
    public async Task Cells_with_the_tag_skip_execution_are_left_alone()
    {
        var skipped = TestFolder.Code("throw new Exception();", "skip-execution");
        skipped["execution_count"] = 7;
        skipped["outputs"] = JsonNode.Parse("""[{"output_type":"stream","name":"stdout","text":["long ago\n"]}]""");
        folder.Notebook("n.ipynb", "var x = 1;", skipped, "x");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("cell 2/2", output, StringComparison.Ordinal);
        var cell = folder.Read("out/n.ipynb")["cells"]![1]!;
        Assert.Equal((7, "long ago\n"), ((int)cell["execution_count"]!, cell["outputs"]![0]!["text"]![0]!.ToString()));
        await NotebookSchema.AssertValidAsync(folder["out/n.ipynb"]);
    }

    [Fact]
    public async Task They_set_nothing_and_need_not_compile_whatever_other_tags_they_have()
    {
        var wrong = TestFolder.Code("this is no C#", "skip-execution");
        var setting = TestFolder.Code("x = 2;", "slow");
        setting["metadata"]!["tags"]!.AsArray().Add("skip-execution");
        folder.Notebook("n.ipynb", wrong, "var x = 1;", setting, "x");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("cell 2/2", output, StringComparison.Ordinal);
        Assert.Equal("1", folder.Read("out/n.ipynb")["cells"]![3]!["outputs"]![0]!["data"]!["text/plain"]![0]!.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "Environment.FailFast(\"gone\");")]
    [InlineData("--daemon", "")]
    [InlineData("--daemon", "Environment.FailFast(\"gone\");")]
    public async Task What_cells_start_ends_with_the_notebook(string kind, string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || (OperatingSystem.IsMacOS() && kind.Length == 0), "Daemons are found on Linux alone.");
        folder.Notebook("n.ipynb", StartSleep(kind), end + "\n1");
        await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"]);
        await AssertEndsAsync(SleepId());
    }

    [Theory]
    [InlineData("")]
    [InlineData("--daemon")]
    public async Task What_cells_start_ends_when_the_program_is_killed(string kind)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || (OperatingSystem.IsMacOS() && kind.Length == 0), "Daemons are found on Linux alone.");
        folder.Notebook("n.ipynb", StartSleep(kind), "while (true) ;");
        using var process = ViltProgram.Start("run", folder["n.ipynb"], "--out", folder["out"]);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken); // The first cell has run.
        process.Kill(entireProcessTree: false);
        await AssertEndsAsync(SleepId());
    }

    [Fact]
    public async Task What_the_program_had_started_before_is_left_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux looks at processes by their parents.");
        folder.Notebook("n.ipynb", "1");
        // The shell becomes the program, and its child the program's.
        var program = Path.Combine(AppContext.BaseDirectory, "Vilt.Notebooks");
        var script = $"sleep 300 & echo $! > '{folder["pid"]}'; exec '{program}' run '{folder["n.ipynb"]}' --out '{folder["out"]}'";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        using var sleep = Process.GetProcessById(SleepId());
        Assert.False(sleep.HasExited);
        sleep.Kill();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_for_each_notebook()
    {
        folder.Notebook("in/1.ipynb", "1");
        folder.Notebook("in/2.ipynb", "2");
        folder.Write("out", "a file");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder["in"], "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.Equal(2, Lines(error).Length);
        Assert.All(Lines(error), line => Assert.Contains(folder["out"], line, StringComparison.Ordinal));
        Assert.DoesNotContain("unexpectedly", error, StringComparison.Ordinal);
        Assert.Matches("(?m)^failed +2.ipynb", output);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string StartSleep(string kind)
    {
        var file = folder["pid"];
        var script = $"sleep 300 & echo $! > '{file}.new'; mv '{file}.new' '{file}'";
        var command = kind.Length > 0 ? $"\"setsid\", [\"sh\", \"-c\", \"{script}\"]" : $"\"sh\", [\"-c\", \"{script}\"]";
        return $"System.Diagnostics.Process.Start({command}).WaitForExit();\nwhile (!System.IO.File.Exists(\"{file}\")) System.Threading.Thread.Sleep(1);";
    }

    private int SleepId() => int.Parse(File.ReadAllText(folder["pid"]), CultureInfo.InvariantCulture);

    private static async Task AssertEndsAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }
}
