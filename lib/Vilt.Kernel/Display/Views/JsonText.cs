using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vilt.Kernel.Display.Views;

/// <summary>JSON in its own notation.</summary>
internal static class JsonText
{
    // Nothing is escaped for JavaScript: the text is shown, not run.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>Writes JSON, indented.</summary>
    /// <returns>Null for a value that is not JSON.</returns>
    public static string? Of(object value) => Of(value, Indented);

    /// <summary>Writes JSON on one line.</summary>
    /// <returns>Null for a value that is not JSON.</returns>
    public static string? OnOneLine(object value) => Of(value, Compact)?.ReplaceLineEndings(" ");

    private static string? Of(object value, JsonSerializerOptions options) => value switch
    {
        JsonNode node => node.ToJsonString(options),
        JsonDocument document => JsonSerializer.Serialize(document.RootElement, options),
        JsonElement { ValueKind: JsonValueKind.Undefined } => "",
        JsonElement element => JsonSerializer.Serialize(element, options),
        _ when IsNewtonsofts(value.GetType()) => value.ToString(),
        _ => null,
    };

    /// <summary>Newtonsoft.Json's tokens are sequences of tokens. The kernel does not depend on that library, so it recognizes them by name.</summary>
    private static bool IsNewtonsofts(Type? type)
    {
        while (type is not null && type.FullName != "Newtonsoft.Json.Linq.JToken")
        {
            type = type.BaseType;
        }

        return type is not null;
    }
}
