namespace Vilt.Kernel.Protocol;

/// <summary>What a notebook does not store: the name by which a display is updated.</summary>
internal sealed record Transient(string DisplayId);
