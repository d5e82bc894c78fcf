using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Vilt.Kernel.Tests.Commands;

public sealed class KernelCheckCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("check");

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "cell 1, line 1: #!fsharp can't run here")]
    [InlineData("var x = 1;\n#!share --from fsharp y", "cell 1, line 2: #!share takes a value from another language's kernel")]
    [InlineData("\n#!unheard-of", "cell 1, line 2: #!unheard-of")]
    [InlineData("using Microsoft.DotNet.Interactive.Commands;", "cell 1, line 1: Microsoft.DotNet.Interactive.Commands is part of .NET Interactive's host")]
    [InlineData("var x = 1;\nawait Kernel.Root.SendAsync(null);", "cell 1, line 2: Kernel.Root is part of")]
    [InlineData("KernelInvocationContext.Current.Display(1);", "cell 1, line 1: KernelInvocationContext is part of")]
    [InlineData("var x = ;", "cell 1, line 1: CS1525")]
    public void What_would_not_run_is_told_with_its_place(string code, string expected)
    {
        Write("a.ipynb", code);
        var (exitCode, output) = Check();
        Assert.Equal(1, exitCode);
        Assert.Contains($"a.ipynb: {expected}", output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 cells in 1 .NET notebooks would not run here.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_here_is_not_told()
    {
        Write(
            "deep/er/a.ipynb",
            "#!time\nvar x = await Kernel.GetInputAsync(\"?\");",
            "using Microsoft.DotNet.Interactive.Formatting;\ndisplay(HTML(\"<b>x</b>\"));",
            "#!markdown\n*x*",
            "#i \"nuget:feed\"");
        WriteIn("python", "python.ipynb", "import os, sys");
        var (exitCode, output) = Check();
        Assert.Equal((0, "0 of 4 cells in 1 .NET notebooks would not run here."), (exitCode, output.Trim()));
    }

    [Fact]
    public void A_notebook_in_another_of_its_languages_would_not_run()
    {
        WriteIn("F#", "f.ipynb", "let x = 1");
        Assert.Contains("f.ipynb: cell 1, line 1: #!f# can't run here", Check().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dib_has_its_cells_and_the_lines_of_the_file()
    {
        File.WriteAllText(
            Path.Combine(folder.FullName, "a.dib"),
            "#!meta\n\n{\"kernelInfo\":{}}\n\n#!csharp\n\nvar x = 1;\n\n#!pwsh\n\nls\n\n#!csharp\n\nvar y = ;\n");
        var output = Check().Output;
        Assert.Contains("a.dib: cell 2, line 9: #!pwsh can't run here", output, StringComparison.Ordinal);
        Assert.Contains("a.dib: cell 3, line 15: CS1525", output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 cells", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PK not JSON")]
    [InlineData("{\"cells\": 7}")]
    public void A_broken_notebook_is_told_and_the_others_are_checked(string content)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "1.ipynb"), content);
        Write("2.ipynb", "#!fsharp");
        var (exitCode, output) = Check();
        Assert.Equal(1, exitCode);
        Assert.Contains("1.ipynb", output, StringComparison.Ordinal);
        Assert.Contains("2.ipynb: cell 1", output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string name, params string[] cells) => WriteIn("C#", name, cells);

    private void WriteIn(string language, string name, params string[] cells)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        JsonNode[] nodes =
        [
            .. cells.Select(code => new JsonObject
            {
                ["cell_type"] = "code",
                ["metadata"] = new JsonObject(),
                ["source"] = code,
                ["outputs"] = new JsonArray(),
            }),
        ];
        var notebook = new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
            ["cells"] = new JsonArray(nodes),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = "x", ["language"] = language } },
        };
        File.WriteAllText(path, notebook.ToJsonString());
    }

    private (int ExitCode, string Output) Check()
    {
        string[] arguments = [typeof(JupyterKernel).Assembly.Location, "check", folder.FullName];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
