using System.Text.Json;

namespace Vilt.Kernel.Protocol;

/// <summary>A description, if there is one.</summary>
internal sealed record InspectReply(bool Found, IReadOnlyDictionary<string, JsonElement> Data, string Status = "ok")
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}
