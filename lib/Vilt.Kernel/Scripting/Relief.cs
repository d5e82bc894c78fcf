using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Runs what waits for the cells' thread on the thread pool while a cell occupies that thread. A cell may block it until its own async work
/// is done, or compute for a long time while that work reports progress; both then work as in a plain program. A thread that is only about
/// to return from an <c>await</c> is waited for, since torch's gradient mode and dispose scopes belong to that thread.
/// </summary>
/// <param name="thread">The cells' thread.</param>
/// <param name="code">Whose code it runs.</param>
internal sealed class Relief(ExecutionThread thread, UserCode code) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan WhileBlocked = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WhileBusy = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WhileReturning = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForTheNext = TimeSpan.FromMilliseconds(5); // They begin in order, and short ones also end in order.
    private const int IdleTurns = 200;

    private readonly ConcurrentQueue<Continuation> waiting = new();
    private readonly AutoResetEvent wake = new(initialState: false);
    private volatile bool isAsleep = true;
    private volatile bool isOver;
    private int started;

    /// <summary>Looks after something that has been posted to the cells' thread.</summary>
    public void Add(Continuation continuation)
    {
        waiting.Enqueue(continuation);
        if (isAsleep)
        {
            isAsleep = false;
            wake.Set();
        }

        if (Interlocked.Exchange(ref started, 1) == 0)
        {
            new Thread(Work) { Name = "Relief", IsBackground = true }.UnsafeStart();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isOver = true;
        wake.Set();
    }

    private void Work()
    {
        for (var idle = 0; !isOver; idle = waiting.IsEmpty ? idle + 1 : 0)
        {
            if (idle >= IdleTurns)
            {
                isAsleep = true;
                wake.WaitOne(waiting.IsEmpty ? Timeout.InfiniteTimeSpan : TimeSpan.Zero);
                isAsleep = false;
            }

            RunDue();
            Thread.Sleep(Interval);
        }
    }

    private void RunDue()
    {
        while (waiting.TryPeek(out var first) && (first.IsClaimed || IsDue(first)))
        {
            waiting.TryDequeue(out _);
            first.RunElsewhere(ForTheNext);
        }
    }

    private bool IsDue(Continuation continuation)
    {
        if (thread.BusySince is not { } start || code.Running is not { } running)
        {
            return false;
        }

        var patience = running.IsReturning ? WhileReturning : code.IsBlocked ? WhileBlocked : WhileBusy;
        return Stopwatch.GetElapsedTime(Math.Max(start, continuation.Posted)) > patience;
    }
}
