using System.Text;
using Vilt.Kernel.Display;
using Vilt.Kernel.Handlers;
using Vilt.Kernel.Scripting;
using Vilt.Kernel.Supervision;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel;

/// <summary>A C# kernel for Jupyter front ends, by version 5.4 of the protocol in jupyter_client's document "Messaging in Jupyter".</summary>
public sealed class JupyterKernel : IDisposable
{
    private readonly MessageSigner signer;
    private readonly KernelSockets sockets;
    private readonly MessageSender sender;
    private readonly InputRequests inputs;
    private readonly CSharpEngine engine;
    private readonly LanguageReadiness readiness;
    private readonly Dispatcher dispatcher;
    private readonly CellCanceller canceller = new();
    private readonly DroppedMessages dropped = new();
    private readonly RequestLoop shell = new();
    private readonly RequestLoop control = new();

    /// <summary>Starts to listen. Requests are answered from <see cref="RunAsync"/> on.</summary>
    /// <param name="connection">Where to listen, and the key of the signatures.</param>
    /// <param name="folder">Where relative <c>#r "path.dll"</c> in cells start.</param>
    /// <exception cref="IOException">A port cannot be listened on.</exception>
    public JupyterKernel(ConnectionFile connection, string folder)
        : this(connection, folder, _ => { })
    {
    }

    /// <summary>Starts to listen, and tells of each cell that starts and, with null, that none runs any more.</summary>
    internal JupyterKernel(ConnectionFile connection, string folder, Action<RunningCell?> watch)
    {
        engine = new CSharpEngine(folder); // First: it starts up in the background.
        signer = new MessageSigner(connection.Key);
        sockets = new KernelSockets(connection, Receive);
        sender = new MessageSender(sockets, signer);
        inputs = new InputRequests(sender);
        readiness = new LanguageReadiness(engine.Language);
        dispatcher = new Dispatcher(sender, dropped, Handlers(watch));
        sockets.Listen();
    }

    /// <summary>Answers requests until one asks for the end and has been answered.</summary>
    public async Task RunAsync()
    {
        sender.Status("starting", parent: null);
        _ = WarmUpAsync();
        await Task.WhenAny(shell.RunAsync(dispatcher), control.RunAsync(dispatcher));
        await sockets.FlushAsync();
    }

    /// <summary>Interrupts the running cell, if there is one.</summary>
    public void Interrupt() => canceller.Interrupt();

    /// <summary>Stops to listen. A cell that still runs is left to itself.</summary>
    public void Dispose()
    {
        sockets.Dispose();
        engine.Dispose();
        inputs.Dispose();
    }

    private IEnumerable<IRequestHandler> Handlers(Action<RunningCell?> watch)
    {
        var history = new History();
        var completion = new CompleteHandler(engine.Language, readiness);
        return
        [
            new KernelInfoHandler(),
            new ExecuteHandler(engine, sender, history, canceller, inputs, readiness) { AbortWaiting = shell.AbortWaiting, Watch = watch },
            completion,
            new InspectHandler(engine.Language, readiness, completion),
            new IsCompleteHandler(engine.Language),
            new HistoryHandler(history),
            new CommInfoHandler(),
            new CommOpenHandler(sender),
            new CommNoticeHandler("comm_msg"),
            new CommNoticeHandler("comm_close"),
            new InterruptHandler(canceller),
            new ShutdownHandler(sender, canceller),
        ];
    }

    /// <summary>Compiles a first cell while nobody waits for one yet, and gets ready for a first completion.</summary>
    private async Task WarmUpAsync()
    {
        try
        {
            var display = Task.Run(() => MimeBundle.From(1)); // Not by the cell, whose outputs would count as the notebook's.
            await engine.RunAsync(new Cell("warm-up", 0, "Console.Write(1);"), _ => { });
            await display;
            readiness.CellEnded();
        }
        catch (Exception exception)
        {
            KernelLog.Write($"the warm-up failed: {exception}");
        }
    }

    private void Receive(ChannelName channel, IReadOnlyList<byte[]> frames)
    {
        try
        {
            if (channel == ChannelName.Iopub)
            {
                Subscribe(frames[0]);
                return;
            }

            Route(channel, MessageFrames.Read(frames, signer));
        }
        catch (MalformedMessageException exception)
        {
            dropped.Add(channel, exception.Message);
        }
    }

    private void Route(ChannelName channel, WireMessage message)
    {
        switch (channel)
        {
            case ChannelName.Shell:
                shell.Add(new(channel, message));
                break;
            case ChannelName.Control:
                control.Add(new(channel, message));
                break;
            case ChannelName.Stdin:
                inputs.Receive(message);
                break;
            default:
                dropped.Add(channel, $"{message.Header.MsgType}: no messages are taken on this channel");
                break;
        }
    }

    /// <summary>
    /// Begins or ends a subscription, and tells a new subscriber that it can hear the kernel. The message is a 1 or a 0, and the topic.
    /// </summary>
    private void Subscribe(byte[] subscription)
    {
        switch (subscription)
        {
            case [1, .. var topic]:
                sockets.Subscribe(topic);
                sender.Welcome(Encoding.UTF8.GetString(topic));
                break;
            case [0, .. var topic]:
                sockets.Unsubscribe(topic);
                break;
        }
    }
}
