using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilt.Kernel.Protocol;

/// <summary>Asks what can stand at a position, in code points.</summary>
internal sealed record CompleteRequest(string Code, int? CursorPos = null);

/// <summary>What can stand in place of the code from one code point to another.</summary>
internal sealed record CompleteReply(
    IReadOnlyList<string> Matches, int CursorStart, int CursorEnd, CompleteMetadata Metadata, string Status = "ok");

/// <summary>The matches' kinds and signatures, in the field that IPython introduced and front ends read.</summary>
internal sealed record CompleteMetadata(
    [property: JsonPropertyName("_jupyter_types_experimental")] IReadOnlyList<CompletionType> Types);

/// <summary>One match.</summary>
internal sealed record CompletionType(int Start, int End, string Text, string Type, string? Signature);

/// <summary>Asks what stands at a position, in code points.</summary>
internal sealed record InspectRequest(string Code, int? CursorPos = null, int DetailLevel = 0);

/// <summary>A description, if there is one.</summary>
internal sealed record InspectReply(bool Found, IReadOnlyDictionary<string, JsonElement> Data, string Status = "ok")
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}

/// <summary>Asks whether code can be run as it is.</summary>
internal sealed record IsCompleteRequest(string Code);

/// <summary>Whether code can be run, and how the next line is indented where it goes on.</summary>
internal sealed record IsCompleteReply(string Status, string? Indent);
