namespace Vilt.Kernel.Protocol;

/// <summary>A cell ran to its end.</summary>
internal sealed record ExecuteReply(int ExecutionCount, IReadOnlyDictionary<string, object> UserExpressions, string Status = "ok")
{
    /// <summary>Part of the protocol still, though deprecated; this kernel pages nothing.</summary>
    public IReadOnlyList<string> Payload { get; } = [];
}
