namespace Vilt.Kernel.Protocol;

/// <summary>Lines of history: session, line, and the code, or the code with its output.</summary>
internal sealed record HistoryReply(IReadOnlyList<object[]> History, string Status = "ok");
