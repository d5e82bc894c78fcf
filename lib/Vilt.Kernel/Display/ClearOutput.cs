namespace Vilt.Kernel.Display;

/// <summary>The cell's outputs so far are to go.</summary>
/// <param name="Wait">Whether they stay until the next output comes, so that nothing flickers.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;
