namespace Vilt.Kernel.Protocol;

/// <summary>Text that a cell wrote to its console.</summary>
internal sealed record StreamText(string Name, string Text);
