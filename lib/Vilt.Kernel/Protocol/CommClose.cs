namespace Vilt.Kernel.Protocol;

/// <summary>Closes a channel.</summary>
internal sealed record CommClose(string CommId)
{
    public IReadOnlyDictionary<string, object> Data { get; } = new Dictionary<string, object>();
}
