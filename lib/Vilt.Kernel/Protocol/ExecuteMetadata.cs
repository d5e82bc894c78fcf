using System.Text.Json.Serialization;

namespace Vilt.Kernel.Protocol;

/// <summary>What front ends say of the cell beside the protocol: an id that stays when it is run again.</summary>
internal sealed record ExecuteMetadata([property: JsonPropertyName("cellId")] string? CellId = null);
