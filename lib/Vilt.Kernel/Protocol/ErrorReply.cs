namespace Vilt.Kernel.Protocol;

/// <summary>A request, or a user expression, failed.</summary>
internal sealed record ErrorReply(string Ename, string Evalue, IReadOnlyList<string> Traceback, string Status = "error");
