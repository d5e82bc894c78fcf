namespace Vilt.Kernel.Protocol;

/// <summary>The open channels, of which this kernel has none.</summary>
internal sealed record CommInfoReply(string Status = "ok")
{
    public IReadOnlyDictionary<string, object> Comms { get; } = new Dictionary<string, object>();
}
