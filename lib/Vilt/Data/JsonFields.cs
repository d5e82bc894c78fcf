using System.Text.Json;

namespace Vilt.Data;

/// <summary>
/// Reads the fields of one JSON object; what does not fit throws an error with the field, what was found and what was expected.
/// </summary>
internal static class JsonFields
{
    public const string WholeNumber = "a whole number";
    public const string String = "a string";
    public const string List = "a list";
    public const string Object = "an object";

    public static JsonException Missing(string field, string expected) => new($"{field}: missing; expected {expected}.");

    public static JsonException Unexpected(ref Utf8JsonReader json, string field, string expected) =>
        new($"{field}: expected {expected}, found {Describe(json.TokenType)}.");

    /// <summary>Checks that a value begins as it should.</summary>
    public static void Require(JsonTokenType token, JsonTokenType wanted)
    {
        if (token != wanted)
        {
            throw new JsonException($"expected {Describe(wanted)}, found {Describe(token)}.");
        }
    }

    /// <summary>Moves to the next field's name; false at the object's end.</summary>
    public static bool NextField(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    public static long Integer(ref Utf8JsonReader json, string field)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var value))
        {
            return value;
        }

        throw Unexpected(ref json, field, WholeNumber);
    }

    public static int SmallInteger(ref Utf8JsonReader json, string field)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var value))
        {
            return value;
        }

        throw Unexpected(ref json, field, WholeNumber);
    }

    public static string Text(ref Utf8JsonReader json, string field, StringPool? pool = null)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            throw Unexpected(ref json, field, String);
        }

        try
        {
            return pool is null ? json.GetString()! : pool.Get(ref json);
        }
        catch (InvalidOperationException problem)
        {
            throw new JsonException($"{field}: the text is not valid UTF-8, or has half of a surrogate pair.", problem);
        }
    }

    public static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.TrySkip();
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => Object,
        JsonTokenType.StartArray => List,
        JsonTokenType.String => String,
        JsonTokenType.Number => "a number that is not whole or is too large",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
