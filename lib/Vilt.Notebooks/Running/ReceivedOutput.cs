using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>
/// Turns an output that a notebook's process sent into one that nbformat allows. All of it is built from scratch, so that nothing else gets
/// into the file, and later code never meets a kind of value that it does not expect.
/// </summary>
internal static class ReceivedOutput
{
    /// <summary>Makes an <c>error</c>, or a <c>display_data</c> or <c>execute_result</c> with its texts as lines.</summary>
    /// <exception cref="BadEventException">It is none of these, or a field is missing or of another kind.</exception>
    public static JsonObject Make(JsonObject output, int executionCount) => Text(output, "output_type") switch
    {
        "error" => new()
        {
            ["output_type"] = "error",
            ["ename"] = Text(output, "ename"),
            ["evalue"] = Text(output, "evalue"),
            ["traceback"] = new JsonArray([.. Lines(output["traceback"])]),
        },
        "display_data" => new() { ["output_type"] = "display_data", ["data"] = Data(output), ["metadata"] = new JsonObject() },
        "execute_result" => new()
        {
            ["output_type"] = "execute_result",
            ["execution_count"] = executionCount,
            ["data"] = Data(output),
            ["metadata"] = new JsonObject(),
        },
        var type => throw new BadEventException($"\"{type}\" is not a kind of output"),
    };

    /// <summary>An output's MIME types: texts as lists of lines, so that a notebook can be compared line by line; base64 as strings.</summary>
    public static JsonObject Data(JsonObject output)
    {
        var data = output["data"] as JsonObject ?? throw new BadEventException("\"data\" is not an object");
        return new(data.Select(part => KeyValuePair.Create(part.Key, Content(part.Key, part.Value))));
    }

    /// <summary>A field that is text.</summary>
    public static string Text(JsonObject output, string field) =>
        TextOrNull(output[field]) ?? throw new BadEventException($"\"{field}\" is not text");

    /// <summary>The display that an output is, or changes, if it says so.</summary>
    public static string? DisplayId(JsonObject output) =>
        output["transient"] is JsonObject transient ? TextOrNull(transient["display_id"]) : null;

    private static JsonNode? Content(string type, JsonNode? content)
    {
        if (type is "application/json" || type.EndsWith("+json", StringComparison.Ordinal))
        {
            return content?.DeepClone();
        }

        var text = TextOrNull(content) ?? throw new BadEventException($"\"{type}\" is not text");
        return type.StartsWith("text/", StringComparison.Ordinal) || type == "image/svg+xml" ? MultilineText.Write(text) : text;
    }

    private static IEnumerable<JsonNode> Lines(JsonNode? node) => node is JsonArray lines
        ? lines.Select(line => (JsonNode)(TextOrNull(line) ?? throw new BadEventException("\"traceback\" holds more than text")))
        : throw new BadEventException("\"traceback\" is not a list");

    private static string? TextOrNull(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
