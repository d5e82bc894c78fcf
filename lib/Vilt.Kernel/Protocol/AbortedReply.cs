namespace Vilt.Kernel.Protocol;

/// <summary>A cell was not run, since one before it failed.</summary>
internal sealed record AbortedReply(string Status = "aborted");
