namespace Vilt.Kernel.Protocol;

/// <summary>Asks what can stand at a place, which is counted in code points.</summary>
internal sealed record CompleteRequest(string Code, int? CursorPos = null);
