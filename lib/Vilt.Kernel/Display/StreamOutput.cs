namespace Vilt.Kernel.Display;

/// <summary>Text written to the console.</summary>
/// <param name="Name">"stdout" or "stderr".</param>
/// <param name="Text">What was written since the last such output.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;
