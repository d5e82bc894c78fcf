using System.Diagnostics;

namespace Vilt.Kernel.Scripting;

/// <summary>Work that waits to be run by whichever thread comes first.</summary>
/// <param name="here">Runs it on the cells' thread.</param>
/// <param name="elsewhere">Runs it on any other.</param>
internal sealed class Continuation(Action here, Action elsewhere)
{
    private readonly TaskCompletionSource done = new();
    private int claims;

    /// <summary>When it began to wait, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long Posted { get; } = Stopwatch.GetTimestamp();

    /// <summary>Whether a thread has taken it.</summary>
    public bool IsClaimed => Volatile.Read(ref claims) > 0;

    /// <summary>Runs it, on the cells' thread.</summary>
    public void Run() => Claim()?.Here();

    /// <summary>Runs it on the thread pool.</summary>
    /// <param name="patience">How long to wait for its end.</param>
    public void RunElsewhere(TimeSpan patience)
    {
        if (Claim() is { } work)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    work.Elsewhere();
                    done.SetResult();
                },
                null);
            done.Task.Wait(patience);
        }
    }

    /// <summary>The first thread gets the work. The reference to it is dropped, since the other thread may come much later.</summary>
    private (Action Here, Action Elsewhere)? Claim()
    {
        if (Interlocked.Increment(ref claims) > 1)
        {
            return null;
        }

        var work = (here, elsewhere);
        here = elsewhere = () => { };
        return work;
    }
}
