namespace Vilt.Kernel.Protocol;

/// <summary>The running cell, if any, has been told to stop.</summary>
internal sealed record InterruptReply(string Status = "ok");
