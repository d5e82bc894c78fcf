using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Kernel.Display;

namespace Vilt.Notebooks.Running;

/// <summary>Cell outputs in the form of Jupyter's messages, which nbformat stores without their <c>transient</c> part.</summary>
internal static class JupyterOutput
{
    public static JsonObject From(CellOutput output, int executionCount) => output switch
    {
        StreamOutput stream => new() { ["output_type"] = "stream", ["name"] = stream.Name, ["text"] = stream.Text },
        DisplayData display => Display("display_data", display.Bundle, display.DisplayId),
        UpdateDisplay update => Display("update_display_data", update.Bundle, update.DisplayId),
        ExecuteResult result => new()
        {
            ["output_type"] = "execute_result",
            ["execution_count"] = executionCount,
            ["data"] = Data(result.Bundle),
            ["metadata"] = new JsonObject(),
        },
        ClearOutput clear => new() { ["output_type"] = "clear_output", ["wait"] = clear.Wait },
        CellError error => Error(error.Name, error.Message, error.Traceback),
        _ => throw new ArgumentOutOfRangeException(nameof(output), output, "There is no such kind of output."),
    };

    public static JsonObject Error(string name, string message, IEnumerable<string> traceback) => new()
    {
        ["output_type"] = "error",
        ["ename"] = name,
        ["evalue"] = message,
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };

    private static JsonObject Display(string type, MimeBundle bundle, string displayId) => new()
    {
        ["output_type"] = type,
        ["data"] = Data(bundle),
        ["metadata"] = new JsonObject(),
        ["transient"] = new JsonObject { ["display_id"] = displayId },
    };

    private static JsonNode Data(MimeBundle bundle) => JsonSerializer.SerializeToNode(bundle.Data)!;
}
