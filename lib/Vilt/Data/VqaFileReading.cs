using System.Text.Json;

namespace Vilt.Data;

/// <summary>One pass over a VQAv2 file.</summary>
/// <param name="json">The file.</param>
/// <param name="list">The list's name.</param>
/// <param name="read">Reads one element of the list.</param>
/// <param name="questionId">The element's question id.</param>
/// <param name="at">Receives the current place, as the beginning of a message.</param>
internal sealed class VqaFileReading<T>(JsonStream json, string list, JsonRead<T> read, Func<T, long> questionId, Action<string> at)
{
    private readonly List<string> keys = [];
    private readonly Dictionary<string, string> texts = [];
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> groups = [];
    private readonly HashSet<long> questionIds = [];
    private List<T>? elements;

    public (VqaFileHeader Header, List<T> Elements) Read()
    {
        JsonFields.Require(json.Next(out _), JsonTokenType.StartObject);
        while (json.Next(out var key) == JsonTokenType.PropertyName)
        {
            ReadField(key!);
        }

        at("");
        json.Next(out _); // Throws if anything but the end follows.
        return (Header(), elements ?? throw JsonFields.Missing(list, JsonFields.List));
    }

    private void ReadField(string key)
    {
        at($"{key}: ");
        keys.Add(key);
        if (key == list)
        {
            ReadList();
        }
        else if (key is "info" or "license")
        {
            groups[key] = json.Value(Group);
        }
        else if (key is "data_type" or "data_subtype" or "task_type")
        {
            texts[key] = json.Value(Word);
        }
        else
        {
            json.Value(Nothing);
        }
    }

    private void ReadList()
    {
        JsonFields.Require(json.Next(out _), JsonTokenType.StartArray);
        elements = [];
        at($"{list}[0]: ");
        while (json.TryElement(read, out var element))
        {
            elements.Add(element!);
            if (!questionIds.Add(questionId(element!)))
            {
                throw new JsonException($"question_id {questionId(element!)} appears earlier too; expected each id once.");
            }

            at($"{list}[{elements.Count}]: ");
        }
    }

    private VqaFileHeader Header() => new(
        keys,
        groups.GetValueOrDefault("info") ?? new Dictionary<string, string>(),
        groups.GetValueOrDefault("license") ?? new Dictionary<string, string>(),
        texts.GetValueOrDefault("data_type"),
        texts.GetValueOrDefault("data_subtype"),
        texts.GetValueOrDefault("task_type"));

    private static Dictionary<string, string> Group(ref Utf8JsonReader json)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.StartObject);
        using var group = JsonDocument.ParseValue(ref json);
        Dictionary<string, string> fields = [];
        foreach (var field in group.RootElement.EnumerateObject())
        {
            fields[field.Name] = field.Value.ToString();
        }

        return fields;
    }

    private static string Word(ref Utf8JsonReader json)
    {
        JsonFields.Require(json.TokenType, JsonTokenType.String);
        return json.GetString()!;
    }

    private static bool Nothing(ref Utf8JsonReader json) => json.TrySkip();
}
