namespace Vilt.Kernel.Wire;

/// <summary>Frames that are not a message, or none that this kernel's key has signed.</summary>
internal sealed class MalformedMessageException(string reason) : Exception(reason);
