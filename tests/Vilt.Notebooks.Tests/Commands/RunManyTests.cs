namespace Vilt.Notebooks.Tests.Commands;

/// <summary>Runs that go on: over cells that fail, and through folders.</summary>
public sealed class RunManyTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Allowed_errors_do_not_stop_the_notebook()
    {
        folder.Notebook("n.ipynb", "missing();", "\"after\"");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"], "--allow-errors");
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 2 cells failed, the first in cell 1, line 1: CS0103", error, StringComparison.Ordinal);
        Assert.Equal("error", TestFolder.Outputs(folder.Read("out/n.ipynb")["cells"]!.AsArray(), 0)[0]!["output_type"]!.ToString());
        Assert.Single(TestFolder.Outputs(folder.Read("out/n.ipynb")["cells"]!.AsArray(), 1));
    }

    [Fact]
    public async Task Of_a_cell_over_its_time_the_notebook_goes_on_where_errors_are_allowed()
    {
        folder.Notebook("n.ipynb", "var n = 7;", "while (true) { }", "n");
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["n.ipynb"], "--out", folder["out"], "--timeout", "10", "--allow-errors");
        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 3 cells failed, the first in cell 2", error, StringComparison.Ordinal);
        var cells = folder.Read("out/n.ipynb")["cells"]!.AsArray();
        Assert.Equal("Timeout", TestFolder.Outputs(cells, 1)[0]!["ename"]!.ToString());
        Assert.Equal("7", TestFolder.Outputs(cells, 2)[0]!["data"]!["text/plain"]![0]!.ToString());
    }

    [Fact]
    public async Task Folders_are_searched_and_results_lie_as_the_notebooks_do()
    {
        foreach (var name in new[] { "in/ada/n.ipynb", "in/bob/n.ipynb", "in/bob/.ipynb_checkpoints/n.ipynb", "in/out/old.ipynb" })
        {
            folder.Notebook(name, "1");
        }

        var (exitCode, output, _) = await ViltProgram.RunAsync("run", folder["in"], "--out", folder["in/out"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("2 of 2 notebooks", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^done +ada.n.ipynb", output);
        Assert.True(File.Exists(folder["in/out/ada/n.html"]));
        Assert.True(File.Exists(folder["in/out/bob/n.html"]));
    }
}
