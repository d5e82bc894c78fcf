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
            "shown.Update(HTML(\"<b>new</b>\"));\n\"{\\\"data\\\":[]}\".DisplayAs(\"application/vnd.plotly.v1+json\");\nSystem.IO.File.ReadAllText(\"data.txt\") + (x + 1)",
            TestFolder.Code("throw new Exception(\"meant\");", "raises-exception"),
            "x");
        var (exitCode, output, error) = await ViltProgram.RunAsync("run", folder["lesson.ipynb"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("notebook 1/1 lesson.ipynb cell 5/5", output, StringComparison.Ordinal);
        await NotebookSchema.AssertValidAsync(folder["out/lesson.ipynb"]);

        var cells = folder.Read("out/lesson.ipynb")["cells"]!.AsArray();
        Assert.Equal(["null", "1", "null", "2", "3", "4", "5"], cells.Select(cell => cell!["execution_count"]?.ToJsonString() ?? "null"));
        Assert.Equal("""["ab\n"]""", Assert.Single(TestFolder.Outputs(cells, 1))!["text"]!.ToJsonString());
        Assert.Equal("<b>new</b>", Assert.Single(TestFolder.Outputs(cells, 3))!["data"]!["text/html"]![0]!.ToString());
        Assert.IsType<JsonArray>(TestFolder.Outputs(cells, 4)[0]!["data"]!["application/vnd.plotly.v1+json"]!["data"]);
        Assert.Equal("""["beside21"]""", TestFolder.Outputs(cells, 4)[1]!["data"]!["text/plain"]!.ToJsonString());
        Assert.Equal("meant", TestFolder.Outputs(cells, 5)[0]!["evalue"]!.ToString());
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
        Assert.Equal("""["3\n"]""", Assert.Single(TestFolder.Outputs(cells, 0))!["text"]!.ToJsonString());
        Assert.Equal("""["4"]""", Assert.Single(TestFolder.Outputs(cells, 1))!["data"]!["text/plain"]!.ToJsonString());
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
        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(i => TestFolder.Outputs(cells, i).Count));
        Assert.True(File.Exists(folder["out/1.html"]));
        Assert.Single(TestFolder.Outputs(folder.Read("out/3.ipynb")["cells"]!.AsArray(), 0));
        Assert.False(File.Exists(folder["out/2.ipynb"]));
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
}
