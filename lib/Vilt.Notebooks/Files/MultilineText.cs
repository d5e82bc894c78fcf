using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Files;

/// <summary>nbformat's multi-line strings: a string, or a list of lines that keep their "\n".</summary>
internal static class MultilineText
{
    public static bool IsText(JsonNode? node) => node switch
    {
        JsonValue value => value.TryGetValue(out string? _),
        JsonArray lines => lines.All(line => line is JsonValue value && value.TryGetValue(out string? _)),
        _ => false,
    };

    public static string Read(JsonNode node) =>
        (node is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : node.GetValue<string>())
            .Replace("\r\n", "\n", StringComparison.Ordinal);

    public static JsonArray Write(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
