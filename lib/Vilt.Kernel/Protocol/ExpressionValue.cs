using System.Text.Json;

namespace Vilt.Kernel.Protocol;

/// <summary>The value of a user expression.</summary>
internal sealed record ExpressionValue(IReadOnlyDictionary<string, JsonElement> Data, string Status = "ok")
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}
