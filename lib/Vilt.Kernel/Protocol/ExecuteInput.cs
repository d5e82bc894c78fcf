namespace Vilt.Kernel.Protocol;

/// <summary>Tells everybody which code runs.</summary>
internal sealed record ExecuteInput(string Code, int ExecutionCount);
