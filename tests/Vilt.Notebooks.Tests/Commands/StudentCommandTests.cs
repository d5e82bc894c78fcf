namespace Vilt.Notebooks.Tests.Commands;

public sealed class StudentCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_copy_has_todos_and_no_outputs_and_fails_only_where_the_solution_is_missing()
    {
        folder.Write("course/data.txt", "7");
        var cell = TestFolder.Code("var n = int.Parse(System.IO.File.ReadAllText(\"../data.txt\"));\nn");
        cell["outputs"]!.AsArray().Add(System.Text.Json.Nodes.JsonNode.Parse("""{"output_type":"stream","name":"stdout","text":"old"}"""));
        cell["execution_count"] = 9;
        folder.Notebook(
            "course/notebooks/n.ipynb",
            TestFolder.Markdown("# Why?\n<!-- BEGIN SOLUTION -->\nsecret\n<!-- END SOLUTION -->"),
            cell,
            "// BEGIN SOLUTION\nvar twice = 2 * n; // secret\n// END SOLUTION",
            "twice");
        var (exitCode, output, _) = await ViltProgram.RunAsync("student", folder["course/notebooks"], "--out", folder["students/a"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("n.ipynb", output, StringComparison.Ordinal);
        var text = File.ReadAllText(folder["students/a/n.ipynb"]);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Contains("*TODO: your answer*", text, StringComparison.Ordinal);
        await NotebookSchema.AssertValidAsync(folder["students/a/n.ipynb"]);
        Assert.Contains("ms-toolsai.jupyter", File.ReadAllText(folder["students/a/.vscode/extensions.json"]), StringComparison.Ordinal);
        Assert.Contains("jupyter-notebook", File.ReadAllText(folder["students/a/.vscode/settings.json"]), StringComparison.Ordinal);

        var (status, _, error) = await ViltProgram.RunAsync("run", folder["students/a/n.ipynb"], "--out", folder["out"]);
        Assert.Equal(1, status);
        Assert.Contains("cell 2, line 2: NotImplementedException: Not done yet.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_mark_is_told_by_notebook_cell_and_line_and_nothing_is_written()
    {
        folder.Notebook("in/1.ipynb", "1");
        folder.Notebook("in/2.ipynb", TestFolder.Markdown("x"), "var a = 1;\n// BEGIN SOLUTION\nvar b = 2;");
        var (exitCode, _, error) = await ViltProgram.RunAsync("student", folder["in"], "--out", folder["out"]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["in/2.ipynb"]} has a bad mark in cell 2 of 2, line 2: BEGIN SOLUTION", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
    }
}
