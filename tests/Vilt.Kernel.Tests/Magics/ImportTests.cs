using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Magics;

public sealed class ImportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("imports").FullName;
    private readonly Session session;

    public ImportTests() => session = new(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("zoo.cs", "#!import zoo.cs")]
    [InlineData("zoo.csx", "#!import \"zoo.csx\"")]
    [InlineData("zoo.csx", "#!import --file ./zoo.csx")]
    public async Task A_code_file_runs(string file, string line)
    {
        Write(file, "#!/usr/bin/env dotnet-script\nclass Zebra { public int Legs => 4; }\nvar zebra = new Zebra();");
        await session.RunAsync(line);
        Assert.Equal("4", await session.ValueAsync("zebra.Legs"));
    }

    [Fact]
    public async Task A_notebooks_cells_run_in_order_and_its_text_is_shown()
    {
        Write("zoo.ipynb", """
            {"cells": [
              {"cell_type": "markdown", "metadata": {}, "source": ["# Zoo\n", "text"]},
              {"cell_type": "code", "metadata": {"dotnet_interactive": {"language": "csharp"}}, "source": ["var legs = 1;\n", "#!time\n", "legs++;"]},
              {"cell_type": "raw", "metadata": {}, "source": "raw"},
              {"cell_type": "code", "metadata": {}, "source": "display(legs * 2);"}
            ]}
            """);
        var outputs = (await session.RunAsync("#!import zoo.ipynb\nlegs")).OfType<DisplayData>().Select(output => output.Bundle.Data).ToList();
        Assert.Equal("# Zoo\ntext", outputs[0]["text/markdown"].GetString());
        Assert.Equal("4", outputs[1]["text/plain"].GetString());
        Assert.Equal("2", await session.ValueAsync("legs"));
    }

    [Fact]
    public async Task A_dibs_cells_run_and_its_metadata_is_left_out()
    {
        Write("zoo.dib", "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\"}}\n\n#!markdown\n\n# Zoo\n\n#!csharp\n\nvar legs = 4;\n\n#!html\n\n<b>x</b>\n\n#!csharp\n\nlegs++;");
        var outputs = (await session.RunAsync("#!import zoo.dib")).OfType<DisplayData>().ToList();
        Assert.Equal(["text/markdown", "text/html"], outputs.Select(output => output.Bundle.Data.Keys.First()));
        Assert.Equal("5", await session.ValueAsync("legs"));
    }

    [Fact]
    public async Task An_error_names_the_file_its_cell_and_line_and_the_line_that_imports()
    {
        Write("zoo.ipynb", """{"cells": [{"cell_type": "markdown", "source": "x"}, {"cell_type": "code", "source": "var a = 1;\nthrow new Exception(\"no\");"}]}""");
        var error = Assert.IsType<CellError>((await session.RunAsync("var x = 1;\n#!import zoo.ipynb"))[^1]);
        Assert.Equal(2, error.Line);
        Assert.Contains("cell 1, zoo.ipynb cell 2, line 2", string.Join('\n', error.Traceback), StringComparison.Ordinal);
        Write("bad.csx", "var a = 1;\nvar b = none;");
        error = await session.RunAsync<CellError>("#!import bad.csx");
        Assert.StartsWith("cell 2, bad.csx, line 2, column 9: error CS0103", error.Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_import_others()
    {
        Write("inner.csx", "var inner = 3;");
        Write("outer.csx", "#!import inner.csx\nvar outer = inner + 1;");
        await session.RunAsync("#!import outer.csx");
        Assert.Equal("4", await session.ValueAsync("outer"));
    }

    [Theory]
    [InlineData("none.csx", null, "There is no file")]
    [InlineData("self.csx", "#!import self.csx", "imports itself")]
    [InlineData("zoo.fsx", "let x = 1", ".fsx file is none of .ipynb, .dib, .cs and .csx")]
    [InlineData("zoo.ipynb", "{", "zoo.ipynb can't be read as a notebook")]
    [InlineData("zoo.ipynb", """{"cells": [{"cell_type": "code", "metadata": {"polyglot_notebook": {"kernelName": "fsharp"}}, "source": "let x = 1"}]}""", "#!fsharp can't run here")]
    public async Task What_can_not_be_imported_is_told(string file, string? content, string message)
    {
        if (content is not null)
        {
            Write(file, content);
        }

        Assert.Contains(message, (await session.RunAsync<CellError>($"#!import {file}")).Message, StringComparison.Ordinal);
        Assert.Equal("2", await session.ValueAsync("1 + 1"));
    }

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(folder, file), content);
}
