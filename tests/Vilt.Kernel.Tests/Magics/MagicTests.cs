using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Magics;

public sealed class MagicTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("#!fsharp\nlet x = 1", "#!fsharp can't run here, because this kernel runs only C#: write the cell in C#")]
    [InlineData("#!F#\nlet x = 1", "write the cell in C#")]
    [InlineData("#!pwsh\nGet-Date", "System.Diagnostics.Process.Start")]
    [InlineData("#!powershell", "System.Diagnostics.Process.Start")]
    [InlineData("#!javascript\nalert('x')", "Javascript(")]
    [InlineData("#!js", "Javascript(")]
    [InlineData("#!sql\nselect 'x", "#r \"nuget:")]
    [InlineData("#!kql", "#r \"nuget:")]
    [InlineData("#!connect jupyter --kernel-name py", "that language's own kernel")]
    [InlineData("#!tyme", "run #!lsmagic for the list")]
    [InlineData("#!r \"nuget: Humanizer\"", "without the exclamation mark")]
    public async Task What_can_not_run_says_what_to_do(string code, string advice)
    {
        var error = await session.RunAsync<CellError>(code);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, error.Line);
        Assert.StartsWith("cell 1, line 1: #!", Assert.Single(error.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_cell_runs_that_has_an_unknown_command()
    {
        var error = await session.RunAsync<CellError>("Console.WriteLine(1);\nvar x = 5;\n#!fsharp\nlet y = 2");
        Assert.Equal(3, error.Line);
        Assert.Equal("CS0103", (await session.RunAsync<CellError>("x")).Name);
    }

    [Fact]
    public async Task Time_is_told_after_the_cell_also_on_its_first_line()
    {
        var outputs = await session.RunAsync("#!time\nConsole.Write(\"a\");\n1 + 1");
        Assert.Equal(3, outputs.Count);
        Assert.Equal("2", Session.Text(Assert.IsType<ExecuteResult>(outputs[1]).Bundle));
        Assert.Matches(@"^Wall time: [\d.]+ ms$", Session.Text(Assert.IsType<DisplayData>(outputs[2]).Bundle));
        Assert.IsType<DisplayData>((await session.RunAsync("var x = 1;\n#!time\nthrow new Exception();"))[0]);
    }

    [Theory]
    [InlineData("#!time\n\nvar a = 1;\nb", 4)]
    [InlineData("var a = 1;\n#!who\n#!csharp\nb", 4)]
    [InlineData("#!html\n<b>\"unbalanced\n#!c#\nvar a = 1;\nthrow new Exception();", 5)]
    [InlineData("#i \"nuget:.\"\nb", 2)]
    public async Task Lines_in_errors_are_the_cells_own(string code, int line)
    {
        var error = Assert.IsType<CellError>((await session.RunAsync(code)).OfType<CellError>().Single());
        Assert.Equal(line, error.Line);
        Assert.Contains($"line {line}", string.Join('\n', error.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_below_html_markdown_and_mermaid_is_shown_as_such()
    {
        var outputs = await session.RunAsync("#!html\n<b>bold</b>\n#!markdown\n# Title\n* \"x\n#!mermaid\ngraph TD\n  A-->B\n#!csharp\n7");
        var bundles = outputs.OfType<DisplayData>().Select(output => output.Bundle.Data).ToList();
        Assert.Equal("<b>bold</b>", bundles[0]["text/html"].GetString());
        Assert.Equal("# Title\n* \"x", bundles[1]["text/markdown"].GetString());
        Assert.Equal("graph TD\n  A-->B", bundles[2]["text/vnd.mermaid"].GetString());
        Assert.Equal("```mermaid\ngraph TD\n  A-->B\n```", bundles[2]["text/markdown"].GetString());
        Assert.Equal("graph TD\n  A-->B", bundles[2]["text/plain"].GetString());
        Assert.Equal("7", Session.Text(Assert.IsType<ExecuteResult>(outputs[^1]).Bundle));
    }

    [Fact]
    public async Task Marks_within_texts_and_comments_are_none()
    {
        Assert.Equal("a\n#!fsharp\nb", await session.ValueAsync("\"\"\"\na\n#!fsharp\nb\n\"\"\""));
        Assert.Equal("#!x\n1", await session.ValueAsync("$$\"\"\"\n#!x\n{{1}}\n\"\"\""));
        Assert.Equal("2", await session.ValueAsync("/*\n#!fsharp\n*/\n2"));
        Assert.Equal("4", await session.ValueAsync("#!/usr/bin/env dotnet-script\n4"));
    }

    [Fact]
    public async Task Variables_are_listed_by_name_and_with_their_values()
    {
        await session.RunAsync("var legs = 4; string name = \"zebra\";");
        await session.RunAsync("var legs = 5.5; var lazy = Enumerable.Range(0, 3).Where(i => throw new Exception());");
        Assert.Equal("[ lazy, legs, name ]", Session.Text((await session.RunAsync<DisplayData>("#!who")).Bundle));
        var table = Session.Text((await session.RunAsync<DisplayData>("#!whos")).Bundle);
        Assert.Equal("Name  Type              Value\nlazy  IEnumerable<int>  …\nlegs  double            5.5\nname  string            zebra", table);
    }

    [Fact]
    public async Task The_commands_are_listed_and_explain_themselves()
    {
        var list = Session.Text((await session.RunAsync<DisplayData>("#!lsmagic")).Bundle);
        Assert.All(["#!time", "#!import", "#!set", "#!whos", "#i"], name => Assert.Contains(name, list, StringComparison.Ordinal));
        Assert.Equal("#!who: Lists the names of the variables.", Session.Text((await session.RunAsync<DisplayData>("#!who -h")).Bundle));
        Assert.Contains("csharp-kernel", Session.Text((await session.RunAsync<DisplayData>("#!about")).Bundle), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!who --all x", "#!who does not take `--all`: nothing else may stand on its line.")]
    [InlineData("#!set --name x", "#!set needs --value: write #!set with --name …, --value …, --mime-type ….")]
    [InlineData("#!set --name", "#!set needs a value after --name: write #!set with --name …, --value …, --mime-type ….")]
    [InlineData("#!set --name 1x --value 2", "`1x` is not a valid variable name: use letters, digits and underscores, and no C# keyword.")]
    [InlineData("#!import", "#!import needs a value: write #!import with …, --file ….")]
    [InlineData("#!set --name class --value 2", "`class` is not a valid variable name: use letters, digits and underscores, and no C# keyword.")]
    [InlineData("#!set --name x --value @input:{bad", "`{bad` is not valid JSON: write @input:\"question\" or @input:{\"prompt\": \"question\"}.")]
    [InlineData("#i", "The package source can't be read: write #i \"nuget: URL\" or #i \"nuget: folder\".")]
    [InlineData("  #!time", "A magic command starts in the first column of its line: take away what stands before the #!.")]
    [InlineData("var x = 1;\n  #!time", "A magic command starts in the first column of its line: take away what stands before the #!.")]
    [InlineData("#i nuget:x", "The package source can't be read: write #i \"nuget: URL\" or #i \"nuget: folder\".")]
    public async Task A_wrong_use_is_told(string code, string message) =>
        Assert.Equal(message, (await session.RunAsync<CellError>(code)).Message);

    [Fact]
    public async Task Cells_in_which_nothing_is_magic_run_as_they_are()
    {
        Assert.Empty(await session.RunAsync(""));
        Assert.Empty(await session.RunAsync("#nullable enable\nvar x = 1;\n#region a\n#endregion"));
        Assert.Empty(await session.RunAsync("#!csharp\r\nvar y = 2;\r\n"));
        Assert.Equal("2", await session.ValueAsync("y"));
    }
}
