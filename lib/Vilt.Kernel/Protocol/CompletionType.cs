namespace Vilt.Kernel.Protocol;

/// <summary>One match.</summary>
internal sealed record CompletionType(int Start, int End, string Text, string Type, string? Signature);
