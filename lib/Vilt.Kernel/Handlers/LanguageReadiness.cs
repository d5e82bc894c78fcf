using Vilt.Kernel.Language;
using Vilt.Kernel.Wire;

namespace Vilt.Kernel.Handlers;

/// <summary>
/// Prepares completion for what a cell declared and referred to, while its reader looks at the outputs. If the first completion after it
/// had to do this, it would take longer than front ends wait: one second, in JupyterLab.
/// </summary>
internal sealed class LanguageReadiness(CellLanguage language)
{
    // When cells follow one another directly, only the last one needs it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource? running;
    private volatile bool isReady;
    private volatile bool wasReady;

    /// <summary>Leaves the processor to a cell. The first preparation goes on, since all later ones need what it compiles.</summary>
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

    /// <summary>Leaves the processor to an answer, which needs only part of what is prepared, and goes on afterwards.</summary>
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
            // A cell or a question came.
        }
        catch (Exception exception)
        {
            KernelLog.Write($"completion could not be prepared: {exception}");
        }
    }
}
