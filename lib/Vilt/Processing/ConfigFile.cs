using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Data;

namespace Vilt.Processing;

/// <summary>One of Hugging Face's small JSON files: its fields, and errors that name file, field and expectation.</summary>
internal sealed class ConfigFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
    private readonly string path;
    private readonly JsonObject fields;
    private readonly string section; // the beginning of its fields' names

    private ConfigFile(string path, JsonObject fields, string section = "") =>
        (this.path, this.fields, this.section) = (path, fields, section);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file does not hold a JSON object.</exception>
    public static ConfigFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no \"{path}\".", path);
        }

        try
        {
            var fields = JsonNode.Parse(File.ReadAllText(path), documentOptions: Strict) as JsonObject
                ?? throw new InvalidDataException($"\"{path}\" does not hold a JSON object.");
            return new ConfigFile(path, fields);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"\"{path}\" is not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>Writes a file beside the place and renames it, so that half a file is never seen.</summary>
    public static void Write(string path, JsonObject fields) => WriteText(path, fields.ToJsonString(Indented) + "\n");

    /// <inheritdoc cref="Write"/>
    public static void WriteText(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>The fields' names, in the order of the file.</summary>
    public IEnumerable<string> Fields => fields.Select(pair => pair.Key);

    /// <summary>The fields of an object in the file, or null if it is missing or null.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public ConfigFile? Section(string field) => fields[field] switch
    {
        null => null,
        JsonObject inner => new(path, inner, $"{section}{field}."),
        _ => throw Wrong(field, "an object"),
    };

    /// <summary>File and field, as a message begins.</summary>
    public string Place(string field) => $"\"{path}\": field \"{section}{field}\"";

    /// <summary>A field's value, or null if it is missing or null.</summary>
    public JsonNode? this[string field] => fields[field];

    /// <summary>A field's value as a type that JSON has, or the fallback if the field is missing or null.</summary>
    public T Value<T>(string field, T fallback, string expected, Func<T, bool>? holds = null)
    {
        if (fields[field] is not JsonNode node)
        {
            return fallback;
        }

        if (node is JsonValue value && value.TryGetValue(out T? read) && (holds is null || holds(read)))
        {
            return read;
        }

        throw Wrong(field, expected);
    }

    /// <summary>An error about a field that names the file, what it holds and what was expected.</summary>
    public InvalidDataException Wrong(string field, string expected)
    {
        const int Shown = 100; // of what could be a whole vocabulary
        var found = fields[field]?.ToJsonString() ?? "missing";
        return new($"{Place(field)} is {(found.Length > Shown ? found[..Shown] + "…" : found)}; expected {expected}.");
    }
}
