using System.Globalization;
using System.Text;
using NetMQ;
using NetMQ.Sockets;
using Vilt.Kernel.Tests.Supervision;

namespace Vilt.Kernel.Tests.Wire;

/// <summary>A front end that does not read costs no more memory than a bound, and a note says what that cost its reader.</summary>
public sealed class SlowReaderTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private const int Most = 32 * Megabyte;

    private readonly KernelProcess kernel = new(); // In a process of its own: what waits in the sockets of a process counts together.

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void What_waits_for_it_is_bounded_and_the_gap_is_told()
    {
        using var slow = Subscribe();
        var before = Memory();
        var id = kernel.Client.SendExecute(Write(megabytes: 300));
        Assert.Equal("ok", kernel.Client.Reply(kernel.Client.Shell, id).Status);
        var heard = ReadUntilIdle(slow, id);
        Assert.InRange(heard.Length, Most / 2, 2 * Most); // Some of it waits in buffers of the system.
        Assert.Contains("Output is left out from here on", heard, StringComparison.Ordinal);
        kernel.Client.PublishedUntilIdle(id);
        Assert.InRange(Memory() - before, long.MinValue, 400 * Megabyte);

        // It has caught up: nothing is left out any more.
        var next = kernel.Client.Execute("Console.Write(\"whole\");");
        Assert.Equal("whole", next.Stream("stdout"));
        Assert.Empty(next.Stream("stderr"));
    }

    [Fact]
    public void What_waited_for_one_that_is_gone_does_not_count()
    {
        using (Subscribe())
        {
            kernel.Client.Execute(Write(megabytes: 100));
        }

        var next = kernel.Client.Execute(Write(megabytes: 20));
        Assert.Equal(20 * Megabyte, next.Stream("stdout").Length);
        Assert.Empty(next.Stream("stderr"));
    }

    [Fact]
    public void One_that_reads_gets_all()
    {
        var run = kernel.Client.Execute(Write(megabytes: 50));
        Assert.Equal(50 * Megabyte, run.Stream("stdout").Length);
        Assert.Empty(run.Stream("stderr"));
    }

    /// <summary>What the process that runs the cells took at most.</summary>
    private long Memory() => long.Parse(
        kernel.Client.Execute("System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64").Value, CultureInfo.InvariantCulture);

    private static string Write(int megabytes) => $"for (var i = 0; i < {megabytes} * 1024; i++) {{ Console.WriteLine(new string('x', 1023)); }}";

    private SubscriberSocket Subscribe()
    {
        var socket = new SubscriberSocket();
        socket.Options.ReceiveHighWatermark = 1;
        socket.SubscribeToAnyTopic();
        socket.Connect($"tcp://127.0.0.1:{kernel.Connection.IopubPort}");
        Assert.Contains("iopub_welcome", Read(socket), StringComparison.Ordinal);
        return socket;
    }

    private static string ReadUntilIdle(SubscriberSocket socket, string id)
    {
        var heard = new StringBuilder();
        var message = "";
        while (!(message.Contains(id, StringComparison.Ordinal) && message.Contains("\"idle\"", StringComparison.Ordinal)))
        {
            message = Read(socket);
            heard.Append(message);
        }

        return heard.ToString();
    }

    private static string Read(SubscriberSocket socket)
    {
        List<byte[]> frames = [];
        Assert.True(socket.TryReceiveMultipartBytes(TimeSpan.FromMinutes(1), ref frames!), "Nothing was published.");
        return string.Concat(frames.Select(Encoding.UTF8.GetString));
    }
}
