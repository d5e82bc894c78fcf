using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Wire;

/// <summary>The file in which a front end tells a kernel where to listen, as jupyter_client's "connection files" describe it.</summary>
/// <param name="ShellPort">Requests that are answered one after the other.</param>
/// <param name="IopubPort">What everybody may hear: outputs and states.</param>
/// <param name="StdinPort">Input that the kernel asks for.</param>
/// <param name="ControlPort">Requests that do not wait: interrupt and shutdown.</param>
/// <param name="HeartbeatPort">Echoes.</param>
/// <param name="Key">The key of the messages' signatures; empty when they have none.</param>
/// <param name="Ip">The address; only the machine's own loopback is served.</param>
/// <param name="Transport">Only <c>tcp</c> is served.</param>
/// <param name="SignatureScheme">Only <c>hmac-sha256</c> is served.</param>
public sealed record ConnectionFile(
    int ShellPort,
    int IopubPort,
    int StdinPort,
    int ControlPort,
    [property: JsonPropertyName("hb_port")] int HeartbeatPort,
    string Key = "",
    string Ip = ConnectionFile.Loopback,
    string Transport = "tcp",
    string SignatureScheme = "hmac-sha256")
{
    /// <summary>The one address that the kernel listens on.</summary>
    internal const string Loopback = "127.0.0.1";

    /// <summary>Reads and checks a connection file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ConnectionFileException">The file is missing, damaged, or asks for what this kernel does not serve.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            var connection = JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtocolJson.Default.ConnectionFile)
                ?? throw new JsonException("an object was expected, not null");
            connection.Check();
            return connection;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConnectionFileException($"{path}: {exception.Message}", exception);
        }
    }

    private void Check()
    {
        Expect(Transport == "tcp", "transport", Transport, "tcp");
        Expect(Ip == "localhost" || (IPAddress.TryParse(Ip, out var address) && IPAddress.IsLoopback(address)), "ip", Ip, Loopback);
        Expect(SignatureScheme == "hmac-sha256" || Key.Length == 0, "signature_scheme", SignatureScheme, "hmac-sha256");
        foreach (var port in new[] { ShellPort, IopubPort, StdinPort, ControlPort, HeartbeatPort })
        {
            Expect(port is > 0 and <= ushort.MaxValue, "a port", $"{port}", "a number from 1 to 65535");
        }
    }

    private static void Expect(bool fulfilled, string field, string found, string expected)
    {
        if (!fulfilled)
        {
            throw new JsonException($"{field} is {found}, but this kernel serves only {expected}.");
        }
    }
}
