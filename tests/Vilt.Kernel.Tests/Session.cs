using System.Collections.Concurrent;
using System.Diagnostics;
using Vilt.Kernel.Display;
using Vilt.Kernel.Language;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests;

/// <summary>Runs cells in an engine of its own and gathers what they put out.</summary>
public sealed class Session : IDisposable
{
    private readonly CSharpEngine engine;
    private readonly ConcurrentQueue<CellOutput> outputs = new();
    private int count;

    public Session(string? folder = null) => engine = new CSharpEngine(folder ?? Path.GetTempPath());

    public CellLanguage Language => engine.Language;

    public Task<IReadOnlyList<CellOutput>> RunAsync(string code, string? id = null) =>
        RunAsync(code, id, outputs.Enqueue, TestContext.Current.CancellationToken);

    /// <summary>
    /// Runs a cell and interrupts it as soon as it puts something out. Console text is gathered for a moment, so a cell that writes some
    /// has gone on by then.
    /// </summary>
    public async Task<IReadOnlyList<CellOutput>> InterruptAtFirstOutputAsync(string code)
    {
        using var cancellation = new CancellationTokenSource();
        void Stop(CellOutput output)
        {
            outputs.Enqueue(output);
            cancellation.Cancel();
        }

        return await RunAsync(code, id: null, Stop, cancellation.Token);
    }

    /// <summary>Runs a cell and interrupts it some time after it was asked for.</summary>
    public async Task InterruptAfterAsync(TimeSpan delay, string code)
    {
        using var cancellation = new CancellationTokenSource(delay);
        await RunAsync(code, id: null, outputs.Enqueue, cancellation.Token);
    }

    /// <summary>Runs a cell and gives its one output.</summary>
    public async Task<T> RunAsync<T>(string code)
        where T : CellOutput
    {
        var all = await RunAsync(code);
        return Assert.IsType<T>(Assert.Single(all));
    }

    /// <summary>Runs a cell and gives the plain text of its value.</summary>
    public async Task<string> ValueAsync(string code) => Text((await RunAsync<ExecuteResult>(code)).Bundle);

    /// <summary>Waits until the cell that ran last has put something out, be it by what it left running.</summary>
    public async Task AwaitOutputAsync()
    {
        for (var clock = Stopwatch.StartNew(); outputs.IsEmpty; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(1), "Nothing came.");
        }
    }

    public static string Text(MimeBundle bundle) => bundle.Data["text/plain"].GetString()!;

    private async Task<IReadOnlyList<CellOutput>> RunAsync(
        string code, string? id, Action<CellOutput> output, CancellationToken cancellation)
    {
        outputs.Clear();
        count++;
        await engine.RunAsync(new Cell(id ?? $"id{count}", count, code), output, cancellation).WaitAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
        return [.. outputs];
    }

    public void Dispose() => engine.Dispose();
}
