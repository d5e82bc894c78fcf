using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilt.Kernel.Protocol;

/// <summary>A cell to run.</summary>
internal sealed record ExecuteRequest(
    string Code,
    bool Silent = false,
    bool StoreHistory = true,
    Dictionary<string, string>? UserExpressions = null,
    bool AllowStdin = false,
    bool StopOnError = true);

/// <summary>What front ends say about the cell beyond the protocol: an id that stays when the cell is run again.</summary>
internal sealed record ExecuteMetadata([property: JsonPropertyName("cellId")] string? CellId = null);

/// <summary>Tells everybody which code runs.</summary>
internal sealed record ExecuteInput(string Code, int ExecutionCount);

/// <summary>A cell ran to its end.</summary>
internal sealed record ExecuteReply(int ExecutionCount, IReadOnlyDictionary<string, object> UserExpressions, string Status = "ok")
{
    /// <summary>Still part of the protocol, though deprecated. This kernel pages nothing.</summary>
    public IReadOnlyList<string> Payload { get; } = [];
}

/// <summary>A cell failed.</summary>
internal sealed record ExecuteErrorReply(
    int ExecutionCount, string Ename, string Evalue, IReadOnlyList<string> Traceback, string Status = "error")
{
    /// <summary>Not evaluated after an error.</summary>
    public IReadOnlyDictionary<string, object> UserExpressions { get; } = new Dictionary<string, object>();
}

/// <summary>A cell was not run, since one before it failed.</summary>
internal sealed record AbortedReply(string Status = "aborted");

/// <summary>The value of a user expression.</summary>
internal sealed record ExpressionValue(IReadOnlyDictionary<string, JsonElement> Data, string Status = "ok")
{
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; } = new Dictionary<string, JsonElement>();
}

/// <summary>A request, or a user expression, failed.</summary>
internal sealed record ErrorReply(string Ename, string Evalue, IReadOnlyList<string> Traceback, string Status = "error");
