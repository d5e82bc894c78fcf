namespace Vilt.Kernel.Protocol;

/// <summary>A cell failed.</summary>
internal sealed record ExecuteErrorReply(
    int ExecutionCount, string Ename, string Evalue, IReadOnlyList<string> Traceback, string Status = "error")
{
    /// <summary>Not evaluated after an error.</summary>
    public IReadOnlyDictionary<string, object> UserExpressions { get; } = new Dictionary<string, object>();
}
