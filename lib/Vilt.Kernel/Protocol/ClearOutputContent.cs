namespace Vilt.Kernel.Protocol;

/// <summary>The cell's outputs are to go, at once or when the next one comes.</summary>
internal sealed record ClearOutputContent(bool Wait);
