namespace Vilt.Kernel.Handlers;

/// <summary>Cancels the running cell. Between two cells there is nothing to cancel.</summary>
internal sealed class CellCanceller
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
