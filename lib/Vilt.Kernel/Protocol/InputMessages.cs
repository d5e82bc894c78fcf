namespace Vilt.Kernel.Protocol;

/// <summary>Asks the reader for a line of text.</summary>
internal sealed record InputRequest(string Prompt, bool Password);

/// <summary>The line that the reader typed.</summary>
internal sealed record InputReply(string Value);
