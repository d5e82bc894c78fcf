using System.Text.Json;

namespace Vilt.Kernel.Protocol;

/// <summary>A value shown, or the new value of one shown before.</summary>
internal sealed record DisplayContent(IReadOnlyDictionary<string, JsonElement> Data, Transient Transient)
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}
