namespace Vilt.Kernel.Wire;

/// <summary>Frames that are not a message, or are not signed with this kernel's key.</summary>
internal sealed class MalformedMessageException(string reason) : Exception(reason);
