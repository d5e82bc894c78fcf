using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display.Views;

public sealed class JsonTests
{
    private const string Json = """{"a": [1, {"b": null}], "ä": "<x>"}""";

    public static TheoryData<string> Kinds => ["node", "element", "document"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Json_is_shown_as_json(string kind)
    {
        var data = MimeBundle.From(Make(kind)).Data;
        Assert.Equal("""{"a":[1,{"b":null}],"ä":"<x>"}""", string.Concat(data["text/plain"].GetString()!.Where(c => !char.IsWhiteSpace(c))));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(Json).RootElement, data["application/json"]));
        Assert.Contains("&quot;&lt;x&gt;&quot;", data["text/html"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Single_values_and_json_within_objects_are_json_too()
    {
        Assert.Equal("\"text\"", Shown.Text(JsonValue.Create("text")));
        Assert.Equal("Answer\n{\"b\":null}", Shown.Text(new[] { new { Answer = JsonNode.Parse("""{"b":null}""") } }));
        Assert.Contains("Body:\n    {", Shown.Text(new { Body = JsonNode.Parse("""{"b":null}""") }), StringComparison.Ordinal);
    }

    private static object? Make(string kind) => kind switch
    {
        "node" => JsonNode.Parse(Json),
        "element" => JsonDocument.Parse(Json).RootElement,
        _ => JsonDocument.Parse(Json),
    };
}
