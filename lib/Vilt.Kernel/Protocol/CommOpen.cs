namespace Vilt.Kernel.Protocol;

/// <summary>Asks to open a channel to an object in the kernel.</summary>
internal sealed record CommOpen(string CommId, string TargetName);
