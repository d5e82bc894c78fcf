using Microsoft.CodeAnalysis.Scripting;
using Vilt.Kernel.Display;
using Vilt.Kernel.Language;

namespace Vilt.Kernel.Scripting;

/// <summary>Runs C# cells one after the other and keeps their state. All run on one thread, and awaits come back to it.</summary>
public sealed class CSharpEngine : IDisposable
{
    private static readonly CellError Interrupted =
        new(nameof(OperationCanceledException), "The cell was interrupted.", ["The cell was interrupted."], Line: null);

    private readonly ExecutionThread thread = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SharedStyles styles = new();
    private readonly CellCompiler compiler;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptState<object> state = null!; // Set on the execution thread alone.

    /// <summary>Starts an engine, whose compiler warms up in the background.</summary>
    /// <param name="folder">Where relative <c>#r "path.dll"</c> start: the notebook's folder.</param>
    public CSharpEngine(string folder)
    {
        CellConsole.Install();
        compiler = new CellCompiler(Path.GetFullPath(folder));
        Language = new CellLanguage(Path.GetFullPath(folder), () => Volatile.Read(ref state)?.Script);
        thread.Post(Start);
    }

    /// <summary>Helps to write the next cell.</summary>
    public CellLanguage Language { get; }

    /// <summary>Runs one cell. A cell asked for while another runs waits for its turn.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="output">Gets the outputs in order, never two at once, on any thread; a task that the cell left running may call it later.</param>
    /// <param name="cancellation">Stops the cell at its next await, and keeps one that waits from starting.</param>
    /// <returns>What went wrong, or null when the cell ran to its end. The error has gone to <paramref name="output"/> too.</returns>
    public async Task<CellError?> RunAsync(Cell cell, Action<CellOutput> output, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await started.Task.ConfigureAwait(false);
            styles.Enter(cell.Id);
            var outputs = new CellOutputs(output, bundle => styles.Share(bundle, cell.Id));
            var error = await ExecuteAsync(cell, outputs, cancellation).ConfigureAwait(false);
            outputs.Flush();
            if (error is not null)
            {
                outputs.Send(error);
            }

            return error;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes no more cells. A cell that still runs is left to itself.</summary>
    public void Dispose()
    {
        thread.Dispose();
        Language.Dispose();
        compiler.Dispose();
        turn.Dispose();
    }

    private void Start()
    {
        try
        {
            state = compiler.Start();
            started.SetResult();
        }
        catch (Exception exception)
        {
            started.SetException(exception);
        }
    }

    private async Task<CellError?> ExecuteAsync(Cell cell, CellOutputs outputs, CancellationToken cancellation)
    {
        var completion = new TaskCompletionSource<CellError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var context = new CellContext(thread, outputs, cancellation);
        // Both flow into the cell and into every task that it starts.
        CellOutputs.Current = outputs;
        CellInput.Current = cell.Input;
        context.Post(_ => Begin(cell, outputs, completion), null);
        // Comes to its turn when the cell's code awaits or is done.
        await using var stop = cancellation.Register(() => thread.Post(() => completion.TrySetResult(Interrupted)));
        return await completion.Task.ConfigureAwait(false);
    }

    private void Begin(Cell cell, CellOutputs outputs, TaskCompletionSource<CellError?> completion)
    {
        try
        {
            var compiled = compiler.Compile(cell, state.Script);
            var running = compiled.Script.RunFromAsync(state, catchException: _ => true);
            running.ContinueWith(
                task => thread.Post(() => Finish(compiled, task, outputs, completion)), TaskScheduler.Default);
        }
        catch (CellCompilationException exception)
        {
            completion.TrySetResult(exception.Error);
        }
        catch (Exception exception)
        {
            completion.TrySetResult(ExceptionReport.From(exception));
        }
    }

    /// <summary>Keeps the state, also of a cell that threw, since what it set before is set, and shows the value.</summary>
    private void Finish(CompiledCell cell, Task<ScriptState<object>> run, CellOutputs outputs, TaskCompletionSource<CellError?> completion)
    {
        if (completion.Task.IsCompleted)
        {
            return; // Interrupted, and gone on with on another thread: later cells continue an earlier state.
        }

        try
        {
            state = run.GetAwaiter().GetResult();
            if (state.Exception is { } thrown)
            {
                completion.SetResult(ExceptionReport.From(thrown));
                return;
            }

            if (cell.EndsInValue || state.ReturnValue is not null)
            {
                outputs.Result(MimeBundle.From(state.ReturnValue));
            }

            completion.SetResult(null);
        }
        catch (Exception exception)
        {
            completion.SetResult(ExceptionReport.From(exception)); // A formatter threw.
        }
    }
}
