using System.Text.Json.Nodes;
using Vilt.Data;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Tests.Files;

public sealed class NotebookTests : IDisposable
{
    private const string Whole = """
        {"cells":[{"cell_type":"code","id":"a-1","execution_count":3,"metadata":{"scrolled":true,"theirs":{"x":[1,2.50]}},
        "outputs":[{"output_type":"stream","name":"stdout","text":["é 動物 😀\n"]}],"source":["var x = 1;\n","x"],"unknown":7},
        {"cell_type":"raw","id":"b","metadata":{},"source":"as it is"}],
        "metadata":{"kernelspec":{"name":".net-csharp","display_name":".NET (C#)","language":"C#"},"authors":[{"name":"A"}]},
        "nbformat":4,"nbformat_minor":5,"future":null}
        """;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reading_and_writing_keeps_everything()
    {
        Notebook.Read(folder.Write("whole.ipynb", Whole)).Write(folder["copy.ipynb"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Whole), folder.Read("copy.ipynb")));
        Assert.Contains("é 動物", File.ReadAllText(folder["copy.ipynb"]), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Gives_a_source_as_one_text_and_takes_it_apart_again()
    {
        var notebook = Notebook.Read(folder.Write("whole.ipynb", Whole));
        Assert.Equal("var x = 1;\nx", notebook.Cells[0].Source);
        notebook.Cells[0].Source = "a\n\nb\n";
        notebook.Write(folder["copy.ipynb"]);
        Assert.Equal("""["a\n","\n","b\n"]""", folder.Read("copy.ipynb")["cells"]![0]!["source"]!.ToJsonString());
    }

    [Fact]
    public async Task Brings_an_older_notebook_to_a_valid_4_5_with_lasting_ids()
    {
        var path = folder.Notebook("old.ipynb", TestFolder.Markdown("# T"), "1", "1");
        var notebook = Notebook.Read(path);
        HostMetadata.Complete(notebook);
        notebook.Write(folder["new.ipynb"]);
        await NotebookSchema.AssertValidAsync(folder["new.ipynb"]);
        File.WriteAllText(folder["bad.ipynb"], File.ReadAllText(folder["new.ipynb"]).Replace("\"source\"", "\"text\"", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(() => NotebookSchema.AssertValidAsync(folder["bad.ipynb"]));
        Assert.Equal(3, notebook.Cells.Select(cell => cell.Id).Distinct().Count());
        Assert.Equal(notebook.Cells.Select(cell => cell.Id), Notebook.Read(path).Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void Adds_the_metadata_of_both_hosts_and_keeps_what_is_there()
    {
        var notebook = Notebook.Read(folder.Write("whole.ipynb", Whole));
        HostMetadata.Complete(notebook);
        Assert.Equal(".net-csharp", notebook.Metadata["kernelspec"]!["name"]!.ToString());
        Assert.Equal("polyglot-notebook", notebook.Metadata["language_info"]!["name"]!.ToString());
        Assert.Equal("csharp", notebook.Cells[0].Metadata["dotnet_interactive"]!["language"]!.ToString());
        Assert.Equal("csharp", notebook.Cells[0].Metadata["polyglot_notebook"]!["kernelName"]!.ToString());
        Assert.True(notebook.Cells[0].Metadata["scrolled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("""{"cells":[{"cell_type":"code","source":"x""", "not a complete JSON")]
    [InlineData("PK\u0003\u0004 not JSON", "not a complete JSON")]
    [InlineData("[1]", "expected a JSON object")]
    [InlineData("{}", "nbformat")]
    [InlineData("""{"nbformat":"4","cells":[]}""", "nbformat")]
    [InlineData("""{"nbformat":3,"worksheets":[]}""", "nbformat 3")]
    [InlineData("""{"nbformat":4,"cells":[]}""", "has no cells")]
    [InlineData("""{"nbformat":4}""", "has no cells")]
    [InlineData("""{"nbformat":4,"cells":[7]}""", "bad cell 1")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"kode","source":""}]}""", "cell_type")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":["a",1]}]}""", "source")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":{}}]}""", "outputs")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","id":5}]}""", "id")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","source":"x"}]}""", "not a complete JSON")]
    [InlineData("""{"nbformat":4,"metadata":[],"cells":[{"cell_type":"code","source":""}]}""", "metadata")]
    [InlineData("""{"nbformat":4,"metadata":{"kernelspec":{"language":"python"}},"cells":[{"cell_type":"code","source":""}]}""", "python")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code","source":"","metadata":{"polyglot_notebook":{"kernelName":"fsharp"}}}]}""", "fsharp")]
    public void A_bad_file_is_told_by_name_and_problem(string text, string problem)
    {
        var path = folder.Write("bad.ipynb", text);
        var message = Assert.Throws<NotebookException>(() => Notebook.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Numbers_and_half_characters_as_Python_writes_them_are_read()
    {
        const string Text = """
            {"nbformat":4,"cells":[{"cell_type":"code","source":"\"NaN\" // \\ud83d\\ude00 \\ud83d \\u0041 \\\\ud83d Infinity","metadata":{"x":-Infinity},
            "outputs":[{"y":[1.0,NaN,Infinity,-1],"z":"\\udc00\\ud800"}]}]}
            """;
        var notebook = Notebook.Read(folder.Write("loose.ipynb", Text.Replace("\\\\", "\\", StringComparison.Ordinal)));
        Assert.Equal("\"NaN\" // 😀 \ufffd A \\ud83d Infinity", notebook.Cells[0].Source);
        Assert.Equal("[1.0,null,null,-1]", notebook.Cells[0].Outputs[0]!["y"]!.ToJsonString());
        Assert.Equal("\ufffd\ufffd", notebook.Cells[0].Outputs[0]!["z"]!.ToString());
        Assert.Equal("""{"x":null}""", notebook.Cells[0].Metadata.ToJsonString());
    }

    [Theory]
    [InlineData("NaNs")]
    [InlineData("-NaN,Inf")]
    [InlineData("Infinit")]
    [InlineData("\"\\ud83")]
    [InlineData("\"\\")]
    public void What_is_no_JSON_even_so_is_refused(string end)
    {
        var path = folder.Write("bad.ipynb", """{"nbformat":4,"cells":[{"cell_type":"code","source":"","x":""" + end);
        Assert.Contains("not a complete JSON", Assert.Throws<NotebookException>(() => Notebook.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_pipes_are_refused()
    {
        File.WriteAllBytes(folder["latin.ipynb"], [.. "{\"nbformat\":4,\"x\":\""u8, 0xe9, .. "\"}"u8]);
        Assert.Contains("UTF-8", Assert.Throws<NotebookException>(() => Notebook.Read(folder["latin.ipynb"])).Message, StringComparison.Ordinal);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Devices are files on Unix.");
        Assert.Contains("is empty", Assert.Throws<NotebookException>(() => Notebook.Read("/dev/zero")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_that_are_there_twice_or_not_allowed_are_made_anew_and_last()
    {
        const string Text = """
            {"nbformat":4,"cells":[{"cell_type":"raw","id":"a","source":"1"},{"cell_type":"raw","id":"a","source":"1"},
            {"cell_type":"raw","id":"","source":"1"},{"cell_type":"raw","id":"no space","source":"1"},{"cell_type":"raw","id":"b","source":"1"}]}
            """;
        var path = folder.Write("twice.ipynb", Text);
        var ids = Notebook.Read(path).Cells.Select(cell => cell.Id).ToList();
        Assert.Equal(("a", "b"), (ids[0], ids[4]));
        Assert.Equal(5, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{1,64}$", id));
        Assert.Equal(ids, Notebook.Read(path).Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told()
    {
        Assert.Contains("does not exist", Assert.Throws<NotebookException>(() => Notebook.Read(folder["none.ipynb"])).Message, StringComparison.Ordinal);
        Assert.Throws<NotebookException>(() => Notebook.Read(folder.Path));
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        folder.Write("kept.txt", "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["kept.txt"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("disk");
        }));
        Assert.Equal("old", File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Path))));
    }
}
