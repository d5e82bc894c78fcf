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
    public async Task What_a_student_has_done_is_not_written_over_unless_by_force()
    {
        folder.Notebook("in/n.ipynb", "// BEGIN SOLUTION\n1\n// END SOLUTION");
        string[] command = ["student", folder["in"], "--out", folder["out"]];
        Assert.Equal(0, (await ViltProgram.RunAsync(command)).ExitCode);
        Assert.Equal(0, (await ViltProgram.RunAsync(command)).ExitCode); // Nothing is lost by the same copy.
        var work = File.ReadAllText(folder["out/n.ipynb"]).Replace("// TODO: your code", "2 + 2", StringComparison.Ordinal);
        File.WriteAllText(folder["out/n.ipynb"], work);
        var (exitCode, _, error) = await ViltProgram.RunAsync(command);
        Assert.Equal(2, exitCode);
        Assert.Contains("a student's work may be in it", error, StringComparison.Ordinal);
        Assert.Equal(work, File.ReadAllText(folder["out/n.ipynb"]));
        Assert.Equal(0, (await ViltProgram.RunAsync([.. command, "--force"])).ExitCode);
        Assert.Contains("TODO", File.ReadAllText(folder["out/n.ipynb"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_may_go_above_their_sources()
    {
        folder.Notebook("notebooks/solutions/n.ipynb", "// BEGIN SOLUTION\n1\n// END SOLUTION");
        Assert.Equal(0, (await ViltProgram.RunAsync("student", folder["notebooks/solutions"], "--out", folder["notebooks"])).ExitCode);
        Assert.Contains("TODO", File.ReadAllText(folder["notebooks/n.ipynb"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_of_the_series_works_wherever_it_is_put()
    {
        var source = Path.Combine(Vilt.Notebooks.Running.Series.Root()!, "notebooks", "solutions", "02-dataset-and-batches.ipynb");
        Assert.Equal(0, (await ViltProgram.RunAsync("student", source, "--out", folder["class"])).ExitCode);
        Directory.CreateDirectory(folder["a/b/c"]);
        Directory.Move(folder["class"], folder["a/b/c/class"]);
        var (_, _, error) = await ViltProgram.RunAsync("run", folder["a/b/c/class"], "--out", folder["out"]);
        Assert.Contains("NotImplementedException: Not done yet.", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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
