using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilt.Model;

/// <summary><c>id2label</c>: a JSON object from "0", "1", … to answers, here a list.</summary>
internal sealed class LabelsById : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("id2label must be an object from \"0\", \"1\", … to answers.");
        }

        SortedDictionary<int, string> labels = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                throw new JsonException($"id2label has the key \"{key}\", which is not an index.");
            }

            if (reader.TokenType != JsonTokenType.String)
            {
                throw new JsonException($"id2label[\"{key}\"] must be a string.");
            }

            labels[id] = reader.GetString()!;
        }

        if (labels.Count > 0 && labels.Keys.Last() != labels.Count - 1)
        {
            throw new JsonException($"id2label has {labels.Count} answers, so its indices must be 0 to {labels.Count - 1} without a gap.");
        }

        return [.. labels.Values];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        for (var id = 0; id < value.Count; id++)
        {
            writer.WriteString(id.ToString(CultureInfo.InvariantCulture), value[id]);
        }

        writer.WriteEndObject();
    }
}
