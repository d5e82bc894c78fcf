namespace Vilt.Kernel.Protocol;

/// <summary>What can stand in place of the code from one code point to another.</summary>
internal sealed record CompleteReply(
    IReadOnlyList<string> Matches, int CursorStart, int CursorEnd, CompleteMetadata Metadata, string Status = "ok");
