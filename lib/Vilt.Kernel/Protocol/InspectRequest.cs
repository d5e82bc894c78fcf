namespace Vilt.Kernel.Protocol;

/// <summary>Asks what stands at a place, which is counted in code points.</summary>
internal sealed record InspectRequest(string Code, int? CursorPos = null, int DetailLevel = 0);
