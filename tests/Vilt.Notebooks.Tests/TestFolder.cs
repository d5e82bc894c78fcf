using System.Text.Json.Nodes;
using Vilt.Tests;

namespace Vilt.Notebooks.Tests;

/// <summary>A folder of its own for one test, with notebooks in it.</summary>
public sealed class TestFolder : TemporaryFolder
{
    public static JsonObject Code(string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    public static JsonObject Markdown(string source) =>
        new() { ["cell_type"] = "markdown", ["metadata"] = new JsonObject(), ["source"] = source };

    public static JsonArray Outputs(JsonArray cells, int index) => cells[index]!["outputs"]!.AsArray();

    /// <summary>Writes a notebook of these cells; a string is the source of a code cell.</summary>
    public string Notebook(string name, params IEnumerable<JsonNode> cells)
    {
        var all = cells.Select(cell => cell is JsonValue source ? Code(source.GetValue<string>()) : cell.DeepClone());
        var json = new JsonObject
        {
            ["cells"] = new JsonArray([.. all]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        };
        return Write(name, json.ToJsonString());
    }

    public JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(this[name]))!.AsObject();
}
