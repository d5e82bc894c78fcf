namespace Vilt.Kernel.Handlers;

/// <summary>Cancels the cell that runs. What comes between two cells has nothing to stop.</summary>
internal sealed class Interruption
{
    private volatile CancellationTokenSource? running;

    /// <summary>Says which cell runs; null when it has ended.</summary>
    public void Running(CancellationTokenSource? cell) => running = cell;

    public void Interrupt()
    {
        try
        {
            running?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The cell came to its end this moment.
        }
    }
}
