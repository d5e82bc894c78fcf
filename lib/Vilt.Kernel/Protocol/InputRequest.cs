namespace Vilt.Kernel.Protocol;

/// <summary>Asks the reader for a line of text.</summary>
internal sealed record InputRequest(string Prompt, bool Password);
