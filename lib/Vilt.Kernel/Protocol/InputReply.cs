namespace Vilt.Kernel.Protocol;

/// <summary>The line that the reader typed.</summary>
internal sealed record InputReply(string Value);
