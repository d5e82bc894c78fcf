using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Brings a cell's continuations back to the execution thread. Those of a canceled cell are dropped, so it stops at its next await;
/// those of a task that a cell left running go on between and during later cells.
/// </summary>
internal sealed class CellContext(ExecutionThread thread, CellOutputs outputs, CancellationToken cancellation) : SynchronizationContext
{
    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state) => thread.Post(() => Run(d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    private void Run(SendOrPostCallback callback, object? state)
    {
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        SetSynchronizationContext(this);
        try
        {
            callback(state);
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
