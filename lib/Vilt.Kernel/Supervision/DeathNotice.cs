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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Stragglers = TimeSpan.FromMilliseconds(300);

    private readonly MessageSigner signer = new(connection.Key);
    private readonly Stopwatch time = Stopwatch.StartNew();

    /// <summary>Sends what happened to every front end that connects in time.</summary>
    public void Send(string message, IReadOnlyList<string> traceback)
    {
        using var iopub = KernelSockets.Bind(new XPublisherSocket(), connection.IopubPort);
        using var shell = new RouterSocket();
        shell.Options.RouterMandatory = true; // A front end that is not there yet is an error, and tried again.
        KernelSockets.Bind(shell, connection.ShellPort);
        AwaitSubscribers(iopub);
        Publish(iopub, "error", new ErrorContent(ErrorName, message, traceback));
        Reply(shell, new ExecuteErrorReply(cell.Number, ErrorName, message, traceback));
        Publish(iopub, "status", new KernelStatus("idle"));
    }

    private void AwaitSubscribers(XPublisherSocket iopub)
    {
        if (iopub.TryReceiveFrameBytes(Patience, out _))
        {
            var deadline = time.Elapsed + Stragglers;
            while (time.Elapsed < deadline)
            {
                iopub.TryReceiveFrameBytes(deadline - time.Elapsed, out _);
            }
        }
    }

    private void Publish(XPublisherSocket iopub, string type, object content) =>
        iopub.SendMultipartBytes(Frames([System.Text.Encoding.UTF8.GetBytes(type)], type, content));

    private void Reply(RouterSocket shell, object content)
    {
        while (time.Elapsed < Patience)
        {
            try
            {
                shell.SendMultipartBytes(Frames(cell.Identities, "execute_reply", content));
                return;
            }
            catch (HostUnreachableException)
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private IEnumerable<byte[]> Frames(IReadOnlyList<byte[]> identities, string type, object content) =>
        MessageFrames.Write(WireMessage.Create(identities, MessageHeader.Create(type), cell.HeaderJson, content), signer);
}
