namespace Vilt.Kernel.Protocol;

/// <summary>Whether the kernel works on a request: starting, busy or idle.</summary>
internal sealed record KernelStatus(string ExecutionState);
