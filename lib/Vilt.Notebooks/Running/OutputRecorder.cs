using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Puts what the cells put out into the notebook, as nbformat stores it.</summary>
internal sealed class OutputRecorder
{
    private readonly Notebook notebook;
    private readonly Dictionary<string, JsonObject> displays = [];
    private readonly HashSet<NotebookCell> clearing = [];

    /// <summary>Takes all cells back to before they ran.</summary>
    public OutputRecorder(Notebook notebook)
    {
        this.notebook = notebook;
        foreach (var cell in notebook.Cells)
        {
            cell.Clear();
        }
    }

    public void Record(CellEvent cellEvent)
    {
        var cell = notebook.Cells[cellEvent.Cell - 1];
        switch (cellEvent)
        {
            case CellStarted started:
                cell.ExecutionCount = started.Number;
                break;
            case CellPutOut put:
                Add(cell, put.Output);
                break;
        }
    }

    private void Add(NotebookCell cell, JsonObject output)
    {
        if (output["output_type"]!.GetValue<string>() == "clear_output")
        {
            Clear(cell, output["wait"]!.GetValue<bool>());
            return;
        }

        if (clearing.Remove(cell))
        {
            cell.Outputs.Clear();
        }

        var displayId = output["transient"]?["display_id"]?.GetValue<string>();
        output.Remove("transient");
        switch (output["output_type"]!.GetValue<string>())
        {
            case "update_display_data" when displays.TryGetValue(displayId!, out var shown):
                shown["data"] = Multiline(output["data"]!.AsObject());
                break;
            case "update_display_data":
                break; // Of a display that is on no page.
            case "stream":
                AddText(cell.Outputs, output);
                break;
            default:
                AddOutput(cell.Outputs, output, displayId);
                break;
        }
    }

    /// <summary>Clears a cell, or, to wait, does so when its next output comes.</summary>
    private void Clear(NotebookCell cell, bool wait)
    {
        if (wait)
        {
            clearing.Add(cell);
        }
        else
        {
            cell.Outputs.Clear();
        }
    }

    private void AddOutput(JsonArray outputs, JsonObject output, string? displayId)
    {
        if (output["data"] is JsonObject data)
        {
            output["data"] = Multiline(data);
        }

        outputs.Add((JsonNode)output);
        if (displayId is not null)
        {
            displays[displayId] = output;
        }
    }

    /// <summary>Text that follows text of the same stream continues it.</summary>
    private static void AddText(JsonArray outputs, JsonObject output)
    {
        var text = output["text"]!.GetValue<string>();
        if (outputs.LastOrDefault() is JsonObject last && last["name"]?.ToString() == output["name"]!.ToString())
        {
            last["text"] = MultilineText.Write(MultilineText.Read(last["text"]!) + text);
            return;
        }

        output["text"] = MultilineText.Write(text);
        outputs.Add((JsonNode)output);
    }

    /// <summary>Texts as lists of lines, so that a notebook can be compared line by line; pictures in base64 stay strings.</summary>
    private static JsonObject Multiline(JsonObject data)
    {
        var result = new JsonObject();
        foreach (var (type, content) in data)
        {
            var isText = type.StartsWith("text/", StringComparison.Ordinal) || type == "image/svg+xml";
            result[type] = isText && content is JsonValue ? MultilineText.Write(content.GetValue<string>()) : content?.DeepClone();
        }

        return result;
    }
}
