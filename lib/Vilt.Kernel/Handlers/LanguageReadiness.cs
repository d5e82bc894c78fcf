using Vilt.Kernel.Language;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>
/// Takes in what a cell declared and referred to while its reader looks at the outputs. Left to the first completion after it, this
/// makes that one slower than front ends wait for: a second, in JupyterLab.
/// </summary>
internal sealed class LanguageReadiness(CellLanguage language)
{
    // Of cells that follow one another at once, only the last needs it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource? running;

    /// <summary>Begins, in the background.</summary>
    public void Start()
    {
        var cancellation = new CancellationTokenSource();
        Interlocked.Exchange(ref running, cancellation)?.Cancel();
        _ = PrepareAsync(cancellation.Token);
    }

    /// <summary>Leaves the processor to a cell.</summary>
    public void Stop() => Interlocked.Exchange(ref running, null)?.Cancel();

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, cancellation);
            await language.WarmUpAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // The next cell is there.
        }
        catch (Exception exception)
        {
            KernelLog.Write($"completion could not be prepared: {exception}");
        }
    }
}
