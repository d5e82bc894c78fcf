using Vilt.Kernel.Display;
using Vilt.Kernel.Language;
using Vilt.Kernel.Magics;
using Vilt.Kernel.Packages;

namespace Vilt.Kernel.Scripting;

/// <summary>Runs C# cells one after the other and keeps their state. All run on one thread, and awaits come back to it.</summary>
public sealed class CSharpEngine : IDisposable
{
    private readonly ExecutionThread thread = new();
    private readonly UserCode code = new();
    private readonly Relief relief;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly SharedParts parts = new();
    private readonly SessionPackages packages;
    private readonly CellCompiler compiler;
    private readonly MagicSession magics;
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExecutionContext? session; // With the culture and the AsyncLocal values that cells set.
    private SessionState state = null!; // Set on the execution thread alone.

    /// <summary>Starts an engine. Its compiler warms up in the background.</summary>
    /// <param name="folder">Where relative <c>#r "path.dll"</c> and the search for NuGet.config start: the notebook's folder.</param>
    public CSharpEngine(string folder)
    {
        CellConsole.Install();
        UnhandledExceptions.Survive();
        NativeExceptions.Survive();
        CellLine.Note();
        relief = new Relief(thread, code);
        packages = new SessionPackages(Path.GetFullPath(folder));
        compiler = new CellCompiler(Path.GetFullPath(folder), packages);
        magics = new MagicSession(Path.GetFullPath(folder), packages.AddSource, () => CellVariable.Of(Volatile.Read(ref state).Submissions));
        Language = new CellLanguage(Path.GetFullPath(folder), () => Volatile.Read(ref state)?.Compilation);
        thread.Post(Start);
    }

    /// <summary>Helps to write the next cell.</summary>
    public CellLanguage Language { get; }

    /// <summary>Runs one cell. A cell asked for while another runs waits for its turn.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="output">Gets the outputs in order, never two at once, on any thread; a task that the cell left running may call it later.</param>
    /// <param name="cancellation">
    /// Interrupts the cell with an <see cref="OperationCanceledException"/>: its loops, functions, awaits and waits, and whatever tasks it
    /// left running. Native code and loops inside a library run to their end first; after a second the cell's output says so. A cell that
    /// waits for its turn does not start.
    /// </param>
    /// <returns>What went wrong, or null when the cell ran to its end. The error has gone to <paramref name="output"/> too.</returns>
    public async Task<CellError?> RunAsync(Cell cell, Action<CellOutput> output, CancellationToken cancellation = default)
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await started.Task.ConfigureAwait(false);
            parts.ForgetCell(cell.Id);
            var outputs = new CellOutputs(cell.Id, parts, code.Pausing(output));
            var run = new CellMagics(magics, cell, outputs, part => ExecuteAsync(part, outputs, cancellation), cancellation);
            var error = await run.RunAsync().ConfigureAwait(false);
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
        relief.Dispose();
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
        var run = new CellRun(cell) { LoseThread = error => LoseThread(error, completion) };
        Enter(run, outputs);
        if (await AddPackagesAsync(cell, cancellation).ConfigureAwait(false) is { } failure)
        {
            return failure;
        }

        void Abandon() => thread.Post(() => completion.TrySetResult(InterruptReport.Interrupted));
        await using var stop = cancellation.Register(
            () => new Interruption(run, thread, code, outputs, completion.Task, Abandon).Start());
        var context = new CellContext(thread, relief, code, run, outputs);
        ExecutionThread.RunIn(session, () =>
        {
            Enter(run, outputs);
            context.Post(() => Begin(run, outputs, completion));
        });
        var error = await completion.Task.ConfigureAwait(false);
        run.IsOver = true;
        session = run.End ?? session;
        return error;
    }

    private bool LoseThread(CellError error, TaskCompletionSource<CellError?> completion)
    {
        if (!code.Lose())
        {
            return false;
        }

        thread.Replace();
        return completion.TrySetResult(error);
    }

    /// <summary>Sets what flows into the cell and into every task that it starts.</summary>
    private static void Enter(CellRun run, CellOutputs outputs)
    {
        CellRun.Current = run;
        CellOutputs.Current = outputs;
        CellInput.Current = run.Cell.Input;
    }

    private async Task<CellError?> AddPackagesAsync(Cell cell, CancellationToken cancellation)
    {
        try
        {
            await packages.AddAsync(cell.Code, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException)
        {
            return InterruptReport.Interrupted;
        }
        catch (PackageException exception)
        {
            var place = $"{cell.FileName}, line {exception.Line}: error {exception.Code}: ";
            return new(exception.Code, exception.Message, (place + exception.Message).Split('\n'), exception.Line);
        }
    }

    private void Begin(CellRun run, CellOutputs outputs, TaskCompletionSource<CellError?> completion)
    {
        var previous = state;
        try
        {
            if (run.IsInterrupted)
            {
                completion.TrySetResult(InterruptReport.Interrupted);
                return;
            }

            var compiled = compiler.Compile(run.Cell, state.Compilation);
            foreach (var warning in compiled.Warnings)
            {
                outputs.Write("stderr", warning + "\n");
            }

            state = state.With(compiled); // Even if the cell throws or is given up: what it has set by then stays.
            var running = Task.FromResult<object?>(null);
            code.Run(run, () => running = compiled.Run?.Invoke(state.Submissions) ?? running);
            void End(Task<object?> task) => ExecutionThread.RunIn(
                run.End, () => thread.Post(() => Finish(run, compiled, task, outputs, completion)));

            running.ContinueWith(End, TaskScheduler.Default);
        }
        catch (CellCompilationException exception)
        {
            completion.TrySetResult(exception.Error);
        }
        catch (Exception exception)
        {
            state = previous; // Nothing of the cell ran.
            completion.TrySetResult(InterruptReport.From(run, exception));
        }
    }

    /// <summary>Shows the value.</summary>
    private void Finish(
        CellRun run, CompiledCell compiled, Task<object?> running, CellOutputs outputs, TaskCompletionSource<CellError?> completion)
    {
        if (completion.Task.IsCompleted)
        {
            return; // Given up; the session goes on with another thread.
        }

        try
        {
            var value = running.GetAwaiter().GetResult();
            if (!run.IsInterrupted && value is not DisplayedValue && (value is not null || compiled.EndsInValue()))
            {
                code.Run(run, () => outputs.Result(MimeBundle.From(value)));
            }

            completion.TrySetResult(run.IsInterrupted ? InterruptReport.Interrupted : null);
        }
        catch (Exception exception)
        {
            completion.TrySetResult(InterruptReport.From(run, exception)); // The cell's own, or a formatter's.
        }
    }
}
