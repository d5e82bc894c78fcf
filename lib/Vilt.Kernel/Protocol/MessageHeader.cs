namespace Vilt.Kernel.Protocol;

/// <summary>What every message says about itself.</summary>
internal sealed record MessageHeader(
    string MsgId, string MsgType, string? Session = null, string? Username = null, string? Date = null, string? Version = null)
{
    /// <summary>The version of the protocol that this kernel speaks.</summary>
    public const string ProtocolVersion = "5.4";

    private static readonly string OwnSession = Guid.NewGuid().ToString("N");

    /// <summary>A header of this kernel for a new message.</summary>
    public static MessageHeader Create(string type) => new(
        Guid.NewGuid().ToString("N"), type, OwnSession, "kernel", DateTimeOffset.UtcNow.ToString("O"), ProtocolVersion);
}
