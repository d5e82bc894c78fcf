using System.Collections.Concurrent;
using System.Diagnostics;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// The one thread that all cells run on, continuations included: torch keeps its gradient mode and dispose scopes per thread.
/// </summary>
internal sealed class ExecutionThread : IDisposable
{
    private readonly BlockingCollection<Action> actions = [];
    private long busySince;

    public ExecutionThread() => Start();

    /// <summary>When the action that runs began, by <see cref="Stopwatch.GetTimestamp"/>; null while none runs.</summary>
    public long? BusySince => Volatile.Read(ref busySince) is > 0 and var start ? start : null;

    /// <summary>Runs an action, in the caller's execution context, after those that wait. A disposed thread drops it.</summary>
    public void Post(Action action)
    {
        var caller = ExecutionContext.Capture();
        try
        {
            actions.Add(() => RunIn(caller, action));
        }
        catch (InvalidOperationException)
        {
            // Disposed: nobody waits for a continuation that comes this late.
        }
    }

    /// <summary>Continues with another thread, since the calling one won't come back.</summary>
    public void Replace()
    {
        Volatile.Write(ref busySince, 0);
        Start();
    }

    public void Dispose() => actions.CompleteAdding();

    /// <summary>Runs an action in an execution context.</summary>
    /// <param name="context">The context; null where its flow was suppressed.</param>
    /// <param name="action">The action.</param>
    public static void RunIn(ExecutionContext? context, Action action)
    {
        if (context is null)
        {
            action();
        }
        else
        {
            ExecutionContext.Run(context, _ => action(), null);
        }
    }

    private void Start() => new Thread(Work, StackDepth.StackBytes) { Name = "Cells", IsBackground = true }.UnsafeStart();

    private void Work()
    {
        StackDepth.Begin();
        while (!actions.IsCompleted)
        {
            try
            {
                RunAll();
            }
            catch (ThreadInterruptedException)
            {
                // A cell interrupted its own thread and then did not wait any more.
            }
            catch (Exception exception)
            {
                KernelLog.Write($"the thread that runs cells goes on after {exception.GetType().FullName}");
            }
        }
    }

    private void RunAll()
    {
        foreach (var action in actions.GetConsumingEnumerable())
        {
            Volatile.Write(ref busySince, Stopwatch.GetTimestamp());
            try
            {
                action();
            }
            finally
            {
                Volatile.Write(ref busySince, 0);
            }
        }
    }
}
