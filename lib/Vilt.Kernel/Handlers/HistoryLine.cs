namespace Vilt.Kernel.Handlers;

/// <summary>A cell that was run.</summary>
/// <param name="Number">Its execution count.</param>
/// <param name="Code">Its code.</param>
/// <param name="Output">Its value as plain text, if it had one.</param>
internal sealed record HistoryLine(int Number, string Code, string? Output);
