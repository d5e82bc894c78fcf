namespace Vilt.Kernel.Wire;

/// <summary>Logs messages that cannot be trusted, read or answered: each of the first ones, then only their number, so that a flood can't fill the log.</summary>
internal sealed class DroppedMessages
{
    private const int LoggedEach = 20;
    private const int LoggedTogether = 1000;
    private int count;

    public void Add(ChannelName channel, string reason)
    {
        var number = Interlocked.Increment(ref count);
        if (number <= LoggedEach)
        {
            KernelLog.Write($"dropped a message on {channel}: {reason}");
        }
        else if (number % LoggedTogether == 0)
        {
            KernelLog.Write($"dropped {number} messages so far; the last on {channel}: {reason}");
        }
    }
}
