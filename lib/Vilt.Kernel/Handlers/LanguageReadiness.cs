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
    private volatile bool isReady;
    private volatile bool wasReady;

    /// <summary>Gives the processor to a cell, but for the first time: what that compiles, all later ones need.</summary>
    public void CellStarts()
    {
        if (wasReady)
        {
            Stop();
        }
    }

    /// <summary>Begins, in the background.</summary>
    public void CellEnded()
    {
        isReady = false;
        Start(wasReady ? Pause : TimeSpan.Zero);
    }

    /// <summary>Gives the processor to an answer, which needs less than all that is made ready, and goes on after it.</summary>
    public async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        Stop();
        try
        {
            return await answer();
        }
        finally
        {
            if (!isReady)
            {
                Start(Pause);
            }
        }
    }

    private void Start(TimeSpan pause)
    {
        var cancellation = new CancellationTokenSource();
        Interlocked.Exchange(ref running, cancellation)?.Cancel();
        _ = PrepareAsync(pause, cancellation.Token);
    }

    private void Stop() => Interlocked.Exchange(ref running, null)?.Cancel();

    private async Task PrepareAsync(TimeSpan pause, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(pause, cancellation);
            await language.WarmUpAsync(cancellation);
            wasReady = true;
            await Task.Delay(Pause, cancellation);
            await language.WarmUpMembersAsync(cancellation);
            isReady = true;
        }
        catch (OperationCanceledException)
        {
            // A cell or a question is there.
        }
        catch (Exception exception)
        {
            KernelLog.Write($"completion could not be prepared: {exception}");
        }
    }
}
