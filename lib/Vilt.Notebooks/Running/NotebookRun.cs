using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Vilt.Kernel.Supervision;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Runs one notebook in a process of its own and records in it what the cells put out.</summary>
internal sealed partial class NotebookRun : IDisposable
{
    private const int StderrLinesKept = 20;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Notebook notebook;
    private readonly RunOptions options;
    private readonly IRunProgress progress;
    private readonly OutputRecorder recorder;
    private readonly ConcurrentQueue<string> stderr = new();
    private readonly CancellationTokenSource timeout = new();
    private readonly Stopwatch cellTime = new();
    private CellStarted? running;
    private int ended;
    private string? failure;

    public NotebookRun(Notebook notebook, RunOptions options, IRunProgress progress)
    {
        (this.notebook, this.options, this.progress) = (notebook, options, progress);
        recorder = new OutputRecorder(notebook);
    }

    /// <summary>Runs the notebook. On cancellation too, what ran before stands in it.</summary>
    /// <returns>What went wrong, with cell and line, or null.</returns>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        using var process = ChildProcess.Start(notebook.Path, notebook.Folder, options.AllowErrors);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await ReadToEndAsync(process, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            FailRunning("Timeout", $"the cell took longer than {options.Timeout!.Value.TotalSeconds:0.###} s and was stopped");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync(cancellation);
        CheckEnd(process.ExitCode);
        return failure;
    }

    public void Dispose() => timeout.Dispose();

    /// <summary>Reads until the process ends. A process that a cell started may hold the pipes open for longer.</summary>
    private async Task ReadToEndAsync(Process process, CancellationToken stop)
    {
        var reading = Task.WhenAll(ReadEventsAsync(process.StandardOutput, stop), ReadErrorsAsync(process.StandardError, stop));
        await Task.WhenAny(reading, process.WaitForExitAsync(stop));
        stop.ThrowIfCancellationRequested();
        await Task.WhenAny(reading, Task.Delay(LastWords, stop));
        if (reading.IsCompleted)
        {
            await reading;
        }
    }

    private async Task ReadEventsAsync(StreamReader output, CancellationToken stop)
    {
        while (await output.ReadLineAsync(stop) is { } line)
        {
            var (cellEvent, printed) = EventStream.Read(line);
            if (printed.Length > 0)
            {
                progress.Message(printed);
            }

            if (cellEvent is not null)
            {
                recorder.Record(cellEvent);
                Follow(cellEvent);
            }
        }
    }

    private async Task ReadErrorsAsync(StreamReader errors, CancellationToken stop)
    {
        while (await errors.ReadLineAsync(stop) is { } line)
        {
            if (StackLine().IsMatch(line))
            {
                continue; // A dying process's stack has none of the notebook's lines; the message came before it.
            }

            progress.Message(line);
            stderr.Enqueue(line);
            if (stderr.Count > StderrLinesKept)
            {
                stderr.TryDequeue(out _);
            }
        }
    }

    private void Follow(CellEvent cellEvent)
    {
        switch (cellEvent)
        {
            case CellStarted started:
                running = started;
                stderr.Clear();
                cellTime.Restart();
                progress.CellStarted(started.Number);
                timeout.CancelAfter(options.Timeout ?? Timeout.InfiniteTimeSpan);
                break;
            case CellEnded end:
                timeout.CancelAfter(Timeout.InfiniteTimeSpan);
                progress.CellEnded(running!.Number, cellTime.Elapsed);
                ended++;
                NoteFailure(end, running.Number);
                running = null;
                break;
        }
    }

    private void NoteFailure(CellEnded end, int number)
    {
        if (end.Failure is { } error && !options.AllowErrors && !notebook.Cells[end.Cell - 1].MayFail)
        {
            var line = error.Line is { } at ? $", line {at}" : "";
            failure = $"{notebook.Path}: cell {number}{line}: {error.Name}: {error.Message}";
        }
    }

    private void CheckEnd(int exitCode)
    {
        if (failure is null && running is not null)
        {
            FailRunning("ProcessDied", $"the process {ProcessEnd.Describe(exitCode)}");
        }
        else if (failure is null && ended < notebook.Cells.Count(cell => cell.IsRunnable))
        {
            failure = $"{notebook.Path}: after {ended} cells the process {ProcessEnd.Describe(exitCode)}";
        }
    }

    private void FailRunning(string name, string message)
    {
        failure = $"{notebook.Path}: cell {running!.Number}: {message}";
        recorder.Record(new CellPutOut(running.Cell, JupyterOutput.Error(name, message, [message, .. stderr])));
        running = null;
    }

    /// <summary>A line of .NET's or libtorch's stack traces.</summary>
    [GeneratedRegex(@"^(\s+at |frame #\d+: )")]
    private static partial Regex StackLine();
}
