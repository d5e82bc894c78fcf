using System.Text.Json.Serialization;

namespace Vilt.Kernel.Protocol;

/// <summary>The matches' kinds and signatures, in the field that IPython introduced and front ends read.</summary>
internal sealed record CompleteMetadata(
    [property: JsonPropertyName("_jupyter_types_experimental")] IReadOnlyList<CompletionType> Types);
