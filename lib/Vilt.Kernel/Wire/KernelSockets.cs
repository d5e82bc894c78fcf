using NetMQ;
using NetMQ.Sockets;

namespace Vilt.Kernel.Wire;

/// <summary>The kernel's five sockets. One thread owns them all; nothing else runs there, so that every request and heartbeat is taken at once.</summary>
internal sealed class KernelSockets : IDisposable
{
    // A larger frame closes its connection. No cell is this large.
    private const long LargestFrame = 32 << 20;
    private const int MostFrames = 64;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly Action<ChannelName, IReadOnlyList<byte[]>> received;
    private readonly Dictionary<ChannelName, NetMQSocket> channels;
    private readonly XPublisherSocket iopub;
    private readonly NetMQSocket heartbeat;
    private readonly NetMQQueue<Outgoing> outgoing = new();
    private readonly NetMQPoller poller = [];
    private long queued;

    /// <summary>Binds the sockets.</summary>
    /// <param name="connection">The ports.</param>
    /// <param name="received">
    /// Gets what arrives, on the sockets' thread; on iopub these are subscriptions, each to be begun or ended there.
    /// </param>
    /// <exception cref="IOException">A port is taken.</exception>
    public KernelSockets(ConnectionFile connection, Action<ChannelName, IReadOnlyList<byte[]>> received)
    {
        MessageBuffers.Install();
        this.received = received;
        iopub = new XPublisherSocket();
        iopub.Options.ManualPublisher = true; // Else a subscriber could be sent an output before its subscription has been received here.
        channels = new()
        {
            [ChannelName.Shell] = Bind(new RouterSocket(), connection.ShellPort),
            [ChannelName.Control] = Bind(new RouterSocket(), connection.ControlPort),
            [ChannelName.Stdin] = Bind(new RouterSocket(), connection.StdinPort),
            [ChannelName.Iopub] = Bind(iopub, connection.IopubPort),
        };
        heartbeat = Bind(new RouterSocket(), connection.HeartbeatPort);
    }

    /// <summary>The bytes that wait to be sent, here and in the sockets.</summary>
    public long Waiting => Interlocked.Read(ref queued) + MessageBuffers.Waiting;

    /// <summary>Starts to listen. Whoever gets what arrives must be ready by then.</summary>
    public void Listen()
    {
        foreach (var (name, socket) in channels)
        {
            socket.ReceiveReady += (_, _) => Receive(socket, frames => received(name, frames));
            poller.Add(socket);
        }

        heartbeat.ReceiveReady += (_, _) => Receive(heartbeat, frames => Transmit(heartbeat, frames));
        outgoing.ReceiveReady += (_, _) => SendWaiting();
        poller.Add(heartbeat);
        poller.Add(outgoing);
        poller.RunAsync("Kernel sockets", isBackgroundThread: true);
    }

    /// <summary>Sends a message after those sent before, on any channel, from any thread.</summary>
    public void Send(ChannelName channel, IReadOnlyList<byte[]> frames)
    {
        Interlocked.Add(ref queued, Size(frames));
        outgoing.Enqueue(new(channels[channel], frames, null));
    }

    /// <summary>Sends a message before those that wait. Call it only on the sockets' thread, where messages arrive.</summary>
    public void SendFirst(ChannelName channel, IReadOnlyList<byte[]> frames) => Transmit(channels[channel], frames);

    /// <summary>Begins the subscription that has just arrived: nothing comes to the subscriber before what is sent first after this.</summary>
    public void Subscribe(byte[] topic) => iopub.Subscribe(topic);

    /// <summary>Ends the subscription whose end has just arrived.</summary>
    public void Unsubscribe(byte[] topic) => iopub.Unsubscribe(topic);

    /// <summary>Completes when all that was sent before is on its way.</summary>
    public Task FlushAsync()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        outgoing.Enqueue(new(null, [], sent));
        return sent.Task;
    }

    public void Dispose()
    {
        // In this order, or NetMQ waits forever.
        poller.Dispose();
        outgoing.Dispose();
        foreach (var socket in channels.Values.Append(heartbeat))
        {
            socket.Dispose();
        }
    }

    /// <summary>Binds a socket that loses nothing: what a slow front end has not read yet waits. <see cref="Backlog"/> bounds it.</summary>
    internal static T Bind<T>(T socket, int port)
        where T : NetMQSocket
    {
        socket.Options.Linger = Linger;
        socket.Options.SendHighWatermark = 0;
        socket.Options.MaxMsgSize = LargestFrame;
        try
        {
            socket.Bind($"tcp://{ConnectionFile.Loopback}:{port}");
            return socket;
        }
        catch (NetMQException exception)
        {
            socket.Dispose();
            throw new IOException($"Port {port} of {ConnectionFile.Loopback} cannot be listened on: {exception.Message} Another kernel may be using it.", exception);
        }
    }

    private static void Receive(NetMQSocket socket, Action<IReadOnlyList<byte[]>> handle)
    {
        List<byte[]> frames = [];
        var more = true;
        while (more && socket.TryReceiveFrameBytes(TimeSpan.Zero, out var frame, out more))
        {
            if (frames.Count < MostFrames)
            {
                frames.Add(frame);
            }
        }

        if (frames.Count > 0)
        {
            handle(frames);
        }
    }

    private void SendWaiting()
    {
        while (outgoing.TryDequeue(out var message, TimeSpan.Zero))
        {
            if (message.Socket is { } socket)
            {
                Transmit(socket, message.Frames);
                Interlocked.Add(ref queued, -Size(message.Frames));
            }

            message.Sent?.SetResult();
        }
    }

    private static long Size(IReadOnlyList<byte[]> frames) => frames.Sum(frame => (long)frame.Length);

    /// <summary>A message to a front end that is gone is dropped by the socket.</summary>
    private static void Transmit(NetMQSocket socket, IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            socket.SendFrame(frames[i], more: i < frames.Count - 1);
        }
    }

    private sealed record Outgoing(NetMQSocket? Socket, IReadOnlyList<byte[]> Frames, TaskCompletionSource? Sent);
}
