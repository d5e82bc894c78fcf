using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Gathers what the cells put out, and puts it into the notebook as nbformat stores it.</summary>
internal sealed class OutputRecorder
{
    private readonly Notebook notebook;
    private readonly OutputRoom room = new();
    private readonly SortedDictionary<int, CellRecord> records = [];
    private readonly Dictionary<string, (CellRecord Cell, KeptOutput Output)> displays = [];

    /// <summary>Returns all cells that will run to the state before they ran.</summary>
    public OutputRecorder(Notebook notebook)
    {
        this.notebook = notebook;
        foreach (var cell in notebook.Cells.Where(cell => !cell.IsSkipped))
        {
            cell.Clear();
        }
    }

    /// <summary>A cell begins.</summary>
    /// <param name="started">Its position and number, which the caller has checked.</param>
    public void Start(CellStarted started)
    {
        notebook.Cells[started.Cell - 1].ExecutionCount = started.Number;
        records[started.Cell] = new CellRecord(room);
    }

    /// <summary>A cell put something out.</summary>
    /// <param name="position">The cell.</param>
    /// <param name="output">The output, as it came.</param>
    /// <param name="bytes">How large it was.</param>
    /// <exception cref="BadEventException">The cell has not run, or it is not an output that nbformat knows.</exception>
    public void Add(int position, JsonObject? output, long bytes)
    {
        var cell = Of(position);
        switch (ReceivedOutput.Text(output ?? throw new BadEventException("it has no output"), "output_type"))
        {
            case "clear_output":
                cell.Clear(wait: output["wait"]?.GetValueKind() == System.Text.Json.JsonValueKind.True);
                break;
            case "stream":
                AddText(cell, output);
                break;
            case "update_display_data":
                Update(output, bytes);
                break;
            default:
                AddOutput(cell, position, output, bytes);
                break;
        }
    }

    /// <summary>Notes that a cell's output was too large to be read.</summary>
    public void LeaveOut(int position, long bytes) => Of(position).LeaveOut(bytes);

    /// <summary>Puts everything into the notebook.</summary>
    /// <returns>The cells from which something was left out, by position, with a note.</returns>
    public IReadOnlyList<(int Cell, string Note)> Complete()
    {
        foreach (var (position, record) in records)
        {
            var outputs = notebook.Cells[position - 1].Outputs;
            outputs.Clear();
            foreach (var output in record.Outputs())
            {
                outputs.Add((JsonNode)output);
            }
        }

        return [.. records.Where(record => record.Value.LeftOut > 0).Select(record => (record.Key, record.Value.Note()))];
    }

    private CellRecord Of(int position) =>
        records.GetValueOrDefault(position) ?? throw new BadEventException($"cell {position} is not running");

    private static void AddText(CellRecord cell, JsonObject output)
    {
        var stream = ReceivedOutput.Text(output, "name");
        if (stream is not ("stdout" or "stderr"))
        {
            throw new BadEventException("it names a stream that does not exist");
        }

        cell.AddText(stream, ReceivedOutput.Text(output, "text"));
    }

    private void AddOutput(CellRecord cell, int position, JsonObject output, long bytes)
    {
        var kept = cell.Add(ReceivedOutput.Make(output, notebook.Cells[position - 1].ExecutionCount ?? 0), bytes);
        if (kept is not null && ReceivedOutput.DisplayId(output) is { } id)
        {
            displays[id] = (cell, kept);
        }
    }

    private void Update(JsonObject output, long bytes)
    {
        var data = ReceivedOutput.Data(output);
        // Otherwise it belongs to a display that is not in this notebook.
        if (ReceivedOutput.DisplayId(output) is { } id && displays.TryGetValue(id, out var shown))
        {
            shown.Cell.Update(shown.Output, data, bytes);
        }
    }
}
