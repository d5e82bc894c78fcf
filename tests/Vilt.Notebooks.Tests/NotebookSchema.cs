using System.Text.Json.Nodes;
using NJsonSchema;

namespace Vilt.Notebooks.Tests;

/// <summary>nbformat's own JSON schema of version 4.5.</summary>
public static class NotebookSchema
{
    public static async Task AssertValidAsync(string path)
    {
        var schema = await JsonSchema.FromJsonAsync(await ReadAsync());
        var errors = schema.Validate(await File.ReadAllTextAsync(path));
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    /// <summary>The schema with its definitions/misc one level up: NJsonSchema finds definitions in the first level only.</summary>
    private static async Task<string> ReadAsync()
    {
        using var reader = new StreamReader(typeof(NotebookSchema).Assembly.GetManifestResourceStream("nbformat.v4.5.schema.json")!);
        var text = await reader.ReadToEndAsync();
        var schema = JsonNode.Parse(text.Replace("#/definitions/misc/", "#/definitions/", StringComparison.Ordinal))!;
        var definitions = schema["definitions"]!.AsObject();
        foreach (var (name, definition) in definitions["misc"]!.AsObject())
        {
            definitions[name] = definition!.DeepClone();
        }

        definitions.Remove("misc");
        return schema.ToJsonString();
    }
}
