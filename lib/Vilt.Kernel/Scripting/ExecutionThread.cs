using System.Collections.Concurrent;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// The one thread that all cells run on, continuations included: torch keeps its gradient mode and dispose scopes per thread.
/// </summary>
internal sealed class ExecutionThread : IDisposable
{
    private readonly BlockingCollection<Action> actions = [];
    private volatile bool isBusy;

    public ExecutionThread() =>
        new Thread(Work, StackDepth.StackBytes) { Name = "Cells", IsBackground = true }.UnsafeStart();

    /// <summary>Whether an action runs.</summary>
    public bool IsBusy => isBusy;

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
            // Disposed: a continuation that comes this late has nobody left to run for.
        }
    }

    public void Dispose() => actions.CompleteAdding();

    private static void RunIn(ExecutionContext? context, Action action)
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
                // A cell interrupted its own thread, and did not wait any more.
            }
        }
    }

    private void RunAll()
    {
        foreach (var action in actions.GetConsumingEnumerable())
        {
            isBusy = true;
            action();
            isBusy = false;
        }
    }
}
