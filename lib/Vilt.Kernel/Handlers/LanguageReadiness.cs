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

    // What it compiles is needed by all that follow, so nothing stops it: whoever started over would take longer.
    private readonly Lazy<Task> first = new(language.BeginAsync);
    private CancellationTokenSource? running;
    private volatile bool isReady;

    /// <summary>Leaves the processor to a cell.</summary>
    public void CellStarts() => Stop();

    /// <summary>Begins, in the background.</summary>
    public void CellEnded()
    {
        isReady = false;
        _ = first.Value;
        Start();
    }

    /// <summary>Leaves the processor to an answer, which needs only part of what is prepared, and goes on afterwards.</summary>
    public async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        Stop();
        try
        {
            await first.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return await answer();
        }
        finally
        {
            if (!isReady)
            {
                Start();
            }
        }
    }

    private void Start()
    {
        var cancellation = new CancellationTokenSource();
        Interlocked.Exchange(ref running, cancellation)?.Cancel();
        _ = PrepareAsync(cancellation.Token);
    }

    private void Stop() => Interlocked.Exchange(ref running, null)?.Cancel();

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, cancellation);
            await first.Value.WaitAsync(cancellation);
            await language.WarmUpAsync(cancellation);
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
