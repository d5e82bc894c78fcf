using System.Diagnostics;
using NetMQ;
using NetMQ.Sockets;
using Vilt.Kernel.Protocol;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Supervision;

/// <summary>
/// Answers for a cell whose process died. The dead process's ports are free, and front ends connect to them again by themselves,
/// so the supervisor takes two of them for a moment: it shows the error under the cell and ends its run.
/// </summary>
internal sealed class DeathNotice(ConnectionFile connection, RunningCell cell)
{
    private const string ErrorName = "KernelDied";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Stragglers = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly MessageSigner signer = new(connection.Key);
    private readonly Stopwatch time = Stopwatch.StartNew();

    /// <summary>Sends what happened to every front end that connects in time.</summary>
    public void Send(string message, IReadOnlyList<string> traceback)
    {
        using var iopub = KernelSockets.Bind(new XPublisherSocket(), connection.IopubPort);
        using var shell = new RouterSocket();
        shell.Options.RouterMandatory = true; // Sending to a front end that is not there yet is an error, so it can be tried again.
        KernelSockets.Bind(shell, connection.ShellPort);
        // The reply comes first: a front end that waits for it renews its subscription only when it listens on that channel again.
        Reply(shell, new ExecuteErrorReply(cell.Number, ErrorName, message, traceback));
        AwaitSubscribers(iopub);
        Publish(iopub, "error", new ErrorContent(ErrorName, message, traceback));
        Publish(iopub, "status", new KernelStatus("idle"));
    }

    /// <summary>Waits for a first subscriber, and then until no more come.</summary>
    private void AwaitSubscribers(XPublisherSocket iopub)
    {
        for (var deadline = time.Elapsed + Patience; time.Elapsed < deadline;)
        {
            // Polled, since in NetMQ a wait of less than a millisecond never ends.
            if (iopub.TryReceiveFrameBytes(TimeSpan.Zero, out _))
            {
                deadline = time.Elapsed + Stragglers;
            }
            else
            {
                Thread.Sleep(Interval);
            }
        }
    }

    private void Publish(XPublisherSocket iopub, string type, object content) =>
        iopub.SendMultipartBytes(Frames([System.Text.Encoding.UTF8.GetBytes(type)], type, content));

    private void Reply(RouterSocket shell, object content)
    {
        for (var deadline = time.Elapsed + Patience; time.Elapsed < deadline; Thread.Sleep(Interval))
        {
            try
            {
                shell.SendMultipartBytes(Frames(cell.Identities, "execute_reply", content));
                return;
            }
            catch (HostUnreachableException)
            {
                // It has not connected yet.
            }
        }
    }

    private IEnumerable<byte[]> Frames(IReadOnlyList<byte[]> identities, string type, object content) =>
        MessageFrames.Write(WireMessage.Create(identities, MessageHeader.Create(type), cell.HeaderJson, content), signer);
}
