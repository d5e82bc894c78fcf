using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>A front end, with framing and signatures of its own, so that the kernel's are checked against them.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string key;
    private readonly string session = Guid.NewGuid().ToString("N");
    private readonly SubscriberSocket iopub = new();
    private readonly Func<string> log;

    /// <param name="connection">The kernel's.</param>
    /// <param name="welcomed">Whether to wait until the kernel is heard.</param>
    /// <param name="log">Gives what the kernel logged, for a test in which it does not answer.</param>
    public KernelClient(ConnectionFile connection, bool welcomed = true, Func<string>? log = null)
    {
        this.log = log ?? (() => "");
        key = connection.Key;
        Shell = Connect(connection.ShellPort);
        Control = Connect(connection.ControlPort);
        Stdin = Connect(connection.StdinPort);
        iopub.Options.ReceiveHighWatermark = 0;
        iopub.SubscribeToAnyTopic();
        iopub.Connect(Address(connection.IopubPort));
        Welcome = welcomed ? Next(iopub) : null;
    }

    /// <summary>What messages say of their sender.</summary>
    public string Username { get; init; } = "reader";

    public DealerSocket Shell { get; }

    public DealerSocket Control { get; }

    public DealerSocket Stdin { get; }

    /// <summary>The first message that was heard, if it was waited for.</summary>
    public Received? Welcome { get; }

    /// <summary>Sends a message and gives its id.</summary>
    public string Send(NetMQSocket channel, string type, JsonObject content, JsonObject? metadata = null)
    {
        var id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["msg_type"] = type,
            ["session"] = session,
            ["username"] = Username,
            ["date"] = "2026-01-01T00:00:00Z",
            ["version"] = "5.4",
        };
        channel.SendMultipartBytes(Frames(header.ToJsonString(), "{}", (metadata ?? []).ToJsonString(), content.ToJsonString()));
        return id;
    }

    /// <summary>Delimiter, signature and the four parts.</summary>
    public byte[][] Frames(params string[] parts)
    {
        var bytes = parts.Select(Encoding.UTF8.GetBytes).ToArray();
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), bytes.SelectMany(part => part).ToArray()));
        return ["<IDS|MSG>"u8.ToArray(), Encoding.ASCII.GetBytes(key.Length == 0 ? "" : signature), .. bytes];
    }

    public string SendExecute(string code, JsonObject? fields = null, JsonObject? metadata = null)
    {
        var content = new JsonObject { ["code"] = code, ["silent"] = false, ["store_history"] = true, ["allow_stdin"] = false };
        foreach (var (name, value) in fields ?? [])
        {
            content[name] = value?.DeepClone();
        }

        return Send(Shell, "execute_request", content, metadata);
    }

    public Run Execute(string code, JsonObject? fields = null) => Finish(SendExecute(code, fields));

    /// <summary>Asks on the shell channel.</summary>
    public Run Ask(string type, JsonObject content) => Finish(Send(Shell, type, content));

    /// <summary>Waits for the reply to a request and all that is published for it.</summary>
    public Run Finish(string id) => new(Reply(Shell, id), PublishedUntilIdle(id));

    /// <summary>The reply to a request; others are passed over.</summary>
    public Received Reply(NetMQSocket channel, string id)
    {
        var message = Next(channel);
        while (message.ParentId != id)
        {
            message = Next(channel);
        }

        return message;
    }

    public IReadOnlyList<Received> PublishedUntilIdle(string id)
    {
        List<Received> published = [];
        while (published.Count == 0 || published[^1].Kind != "idle")
        {
            if (NextPublished() is var message && message.ParentId == id)
            {
                published.Add(message);
            }
        }

        return published;
    }

    public Received NextPublished() => Next(iopub);

    public Received Next(NetMQSocket channel)
    {
        List<byte[]> frames = [];
        if (!channel.TryReceiveMultipartBytes(Patience, ref frames!))
        {
            Assert.Fail($"The kernel did not answer. {log()}");
        }

        var start = frames.FindIndex(frame => frame.AsSpan().SequenceEqual("<IDS|MSG>"u8));
        var texts = frames.Skip(start + 2).Select(Encoding.UTF8.GetString).ToArray();
        Assert.Equal(Frames(texts)[1], frames[start + 1]); // The signature.
        return new(JsonNode.Parse(texts[0])!, JsonNode.Parse(texts[1])!, JsonNode.Parse(texts[3])!);
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { Shell, Control, Stdin, iopub })
        {
            socket.Options.Linger = TimeSpan.Zero;
            socket.Dispose();
        }
    }

    private DealerSocket Connect(int port)
    {
        var socket = new DealerSocket();
        socket.Options.Identity = Encoding.ASCII.GetBytes(session);
        socket.Options.SendHighWatermark = socket.Options.ReceiveHighWatermark = 0;
        socket.Connect(Address(port));
        return socket;
    }

    private static string Address(int port) => $"tcp://127.0.0.1:{port}";
}
