namespace Vilt.Kernel.Protocol;

/// <summary>Asks to open a channel to an object in the kernel.</summary>
internal sealed record CommOpen(string CommId, string TargetName);

/// <summary>Closes a channel.</summary>
internal sealed record CommClose(string CommId)
{
    public IReadOnlyDictionary<string, object> Data { get; } = new Dictionary<string, object>();
}

/// <summary>The open channels, of which this kernel has none.</summary>
internal sealed record CommInfoReply(string Status = "ok")
{
    public IReadOnlyDictionary<string, object> Comms { get; } = new Dictionary<string, object>();
}
