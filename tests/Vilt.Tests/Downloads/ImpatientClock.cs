using System.Collections.Concurrent;

namespace Vilt.Tests.Downloads;

/// <summary>A clock whose waits are over at once, and remembered.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Enqueue(dueTime);
        }

        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
