using System.Text;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Tests.Running;

public sealed class OutputRecorderTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly Notebook notebook;
    private readonly OutputRecorder recorder;

    public OutputRecorderTests()
    {
        notebook = Notebook.Read(folder.Notebook("n.ipynb", "1", "2", "3", "4", "5"));
        recorder = new OutputRecorder(notebook);
        recorder.Start(new CellStarted(1, 1));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"output_type":5}""")]
    [InlineData("""{"output_type":"pyout","data":{}}""")]
    [InlineData("""{"output_type":"stream","name":"stdin","text":"a"}""")]
    [InlineData("""{"output_type":"stream","name":"stdout","text":["a"]}""")]
    [InlineData("""{"output_type":"display_data"}""")]
    [InlineData("""{"output_type":"display_data","data":{"text/html":5}}""")]
    [InlineData("""{"output_type":"display_data","data":{"image/png":{"a":1}}}""")]
    [InlineData("""{"output_type":"update_display_data","data":[]}""")]
    [InlineData("""{"output_type":"error","ename":"a","evalue":"b","traceback":[1]}""")]
    [InlineData("""{"output_type":"error","ename":"a","evalue":null,"traceback":[]}""")]
    public void An_output_that_nbformat_does_not_know_is_refused(string output) =>
        Assert.Throws<BadEventException>(() => recorder.Add(1, JsonNode.Parse(output) as JsonObject, 1));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_cell_that_does_not_run_has_no_outputs(int cell) => Assert.Throws<BadEventException>(() => recorder.Add(cell, Text("a"), 1));

    [Fact]
    public async Task Fields_that_nbformat_does_not_know_are_left_out()
    {
        var strange = """{"output_type":"display_data","data":{"text/plain":"a","application/vnd.x+json":{"n":1e400}},"metadata":7,"transient":5,"more":[]}""";
        recorder.Add(1, JsonNode.Parse(strange)!.AsObject(), 1);
        recorder.Complete();
        notebook.Write(folder["out.ipynb"]);
        await NotebookSchema.AssertValidAsync(folder["out.ipynb"]);
    }

    [Fact]
    public void Text_in_small_pieces_is_recorded_once_and_in_time_linear_in_its_length()
    {
        // 20 MB in pieces of 100 characters: two terabytes to copy if each piece were put to a copy of all before it.
        const int Pieces = 200_000;
        for (var i = 0; i < Pieces; i++)
        {
            recorder.Add(1, Text($"{i,99}\n"), 100);
        }

        Assert.Empty(recorder.Complete());
        var lines = Assert.Single(notebook.Cells[0].Outputs)!["text"]!.AsArray();
        Assert.Equal(Pieces, lines.Count);
        Assert.Equal($"{Pieces - 1,99}\n", lines[^1]!.ToString());
    }

    [Fact]
    public void A_cell_keeps_what_there_is_room_for_and_says_what_is_missing()
    {
        var piece = new string('é', CellRecord.Largest / 4);
        for (var i = 0; i < 5; i++)
        {
            recorder.Add(1, Text(piece), piece.Length);
        }

        recorder.Add(1, JupyterOutput.Error("Exception", "at last", ["at last"]), 100);
        var (cell, note) = Assert.Single(recorder.Complete());
        Assert.Equal(1, cell);
        Assert.Contains("8.4 MB", note, StringComparison.Ordinal);
        var outputs = notebook.Cells[0].Outputs;
        Assert.Equal(CellRecord.Largest, outputs[0]!["text"]!.AsArray().Sum(line => line!.ToString().Length));
        Assert.Equal("error", outputs[1]!["output_type"]!.ToString());
        Assert.Contains("left out", outputs[2]!["text"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_display_that_is_updated_or_cleared_takes_room_once()
    {
        for (var i = 0; i < 100; i++)
        {
            recorder.Add(1, Display($"{i}", "update_display_data"), CellRecord.Largest / 2); // Of a display that is on no page.
            recorder.Add(1, Display("0"), CellRecord.Largest / 2);
            recorder.Add(1, Display($"{i}", "update_display_data"), CellRecord.Largest - 1);
            recorder.Add(1, new() { ["output_type"] = "clear_output", ["wait"] = i % 2 == 0 }, 1);
        }

        recorder.Add(1, Display("last"), CellRecord.Largest);
        Assert.Empty(recorder.Complete());
        Assert.Equal("last", Assert.Single(notebook.Cells[0].Outputs)!["data"]!["text/plain"]![0]!.ToString());
    }

    [Fact]
    public void All_cells_together_have_a_limit_too()
    {
        for (var cell = 1; cell <= 5; cell++)
        {
            if (cell > 1)
            {
                recorder.Start(new CellStarted(cell, cell));
            }

            recorder.Add(cell, Display("large"), CellRecord.Largest);
        }

        Assert.Equal(5, Assert.Single(recorder.Complete()).Cell);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("""{"Cell":1}""")]
    [InlineData("""{"event":"new","Cell":1}""")]
    [InlineData("""{"event":"started","Cell":1e99,"Number":1}""")]
    [InlineData("""{"event":"started","Cell":"1"}""")]
    [InlineData("""{"event":"ended","Cell":1,"Failure":7}""")]
    public void A_line_that_is_no_event_is_refused(string line) =>
        Assert.Throws<BadEventException>(() => EventStream.Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public async Task Events_come_through_as_they_were_with_half_characters_replaced()
    {
        using var stream = new MemoryStream();
        new EventStream(stream).Write(new CellPutOut(3, Text("a\n\ud83d b")));
        stream.Position = 0;
        var line = await new LineReader(stream, 1000).ReadAsync(TestContext.Current.CancellationToken);
        var put = Assert.IsType<CellPutOut>(EventStream.Read(line!.Value.Bytes));
        Assert.Equal((3, "a\n\ufffd b"), (put.Cell, put.Output["text"]!.ToString()));
    }

    private static JsonObject Text(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Display(string text, string type = "display_data") => new()
    {
        ["output_type"] = type,
        ["data"] = new JsonObject { ["text/plain"] = text },
        ["transient"] = new JsonObject { ["display_id"] = "1" },
    };
}
