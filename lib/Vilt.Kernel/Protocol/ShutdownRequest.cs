namespace Vilt.Kernel.Protocol;

/// <summary>Asks the kernel to end.</summary>
internal sealed record ShutdownRequest(bool Restart = false);
