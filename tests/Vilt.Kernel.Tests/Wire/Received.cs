using System.Text.Json.Nodes;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>A message that a client got.</summary>
internal sealed record Received(JsonNode Header, JsonNode Parent, JsonNode Content)
{
    public string Type => Header["msg_type"]!.GetValue<string>();

    public string? ParentId => Parent["msg_id"]?.GetValue<string>();

    public string Status => Content["status"]!.GetValue<string>();

    /// <summary>A status message's state, else the type.</summary>
    public string Kind => Type == "status" ? Content["execution_state"]!.GetValue<string>() : Type;

    /// <summary>A field of the content as text.</summary>
    public string Text(string field) => Content[field]!.ToString();
}
