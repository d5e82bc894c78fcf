using System.Text.Json;

namespace Vilt.Kernel.Protocol;

/// <summary>The value of a cell.</summary>
internal sealed record ExecuteResultContent(int ExecutionCount, IReadOnlyDictionary<string, JsonElement> Data)
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}
