namespace Vilt.Kernel.Protocol;

/// <summary>Whether code can be run, and how the next line is indented where it goes on.</summary>
internal sealed record IsCompleteReply(string Status, string? Indent);
