namespace Vilt.Kernel.Protocol;

/// <summary>Asks whether code can be run as it is.</summary>
internal sealed record IsCompleteRequest(string Code);
