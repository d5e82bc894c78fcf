using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Brings a cell's continuations back to the execution thread, or to <see cref="Relief"/> while a cell occupies that thread. Continuations of
/// an interrupted cell are dropped once it has been answered; those of a task that a cell left running go on between and during later cells.
/// </summary>
internal sealed class CellContext(ExecutionThread thread, Relief relief, UserCode code, CellRun run, CellOutputs outputs)
    : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        var caller = ExecutionContext.Capture();
        var continuation = new Continuation(
            here: () => Run(() => code.Run(run, () => d(state))),
            elsewhere: () => ExecutionThread.RunIn(caller, () => Run(() => d(state))));
        thread.Post(continuation.Run);
        relief.Add(continuation);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Runs an action of the engine as this cell.</summary>
    public void Post(Action action) => thread.Post(() => Run(action));

    private void Run(Action action)
    {
        if (run.IsInterrupted && run.IsOver)
        {
            return;
        }

        SetSynchronizationContext(this);
        try
        {
            action();
        }
        catch (Exception exception) when (run.IsInterrupted && InterruptReport.IsInterrupt(exception))
        {
        }
        catch (Exception exception)
        {
            // Thrown by an `async void` method: nobody awaits it, so its cell can only tell of it.
            outputs.Write("stderr", string.Join('\n', ExceptionReport.From(exception).Traceback) + '\n');
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    }
}
