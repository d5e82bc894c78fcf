using System.Diagnostics;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Runs one notebook in a process of its own and records in it what the cells put out.</summary>
internal sealed class NotebookRun : IDisposable
{
    /// <summary>How much longer than its time a cell may take to be stopped; one that native code holds is ended with its process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Notebook notebook;
    private readonly RunOptions options;
    private readonly IRunProgress progress;
    private readonly OutputRecorder recorder;
    private readonly PrintedText printed;
    private readonly Queue<NotebookCell> waiting;
    private readonly CancellationTokenSource timeout = new();
    private readonly Stopwatch cellTime = new();
    private readonly Lock gate = new();
    private readonly List<string> failedCells = [];
    private bool closed;
    private CellStarted? running;
    private int number;
    private string? failure;

    /// <summary>Prepares the run; the outputs of earlier runs are gone.</summary>
    public NotebookRun(Notebook notebook, RunOptions options, IRunProgress progress)
    {
        (this.notebook, this.options, this.progress) = (notebook, options, progress);
        recorder = new OutputRecorder(notebook);
        printed = new PrintedText(progress);
        waiting = new(notebook.Cells.Where(cell => cell.IsRunnable));
    }

    /// <summary>Runs the notebook. If it is canceled, what ran before is still recorded in it.</summary>
    /// <returns>What went wrong, with cell and line, or null.</returns>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var child = new ChildProcess(notebook.Path, options);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
            try
            {
                await new ChildReader(child, printed, Follow, LeaveOut).ReadToEndAsync(stop.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                FailRunning("Timeout", RunOptions.TooLong(options.Timeout!.Value));
            }
            catch (BadEventException exception)
            {
                FailRunning("BadEvent", $"what its process reported about it can't be used ({exception.Message}), so it was stopped");
            }
            finally
            {
                child.End();
            }

            await child.Process.WaitForExitAsync(cancellation);
            CheckEnd(child.HowItEnded);
            return failure;
        }
        finally
        {
            Complete();
        }
    }

    /// <summary>The cells that failed and were passed over, and why the first did; null where there are none.</summary>
    public string? FailedCells => failedCells.Count == 0 ? null
        : $"{notebook.Path}: {failedCells.Count} of {number} cells failed, the first in {failedCells[0]}";

    public void Dispose() => timeout.Dispose();

    private void Follow(CellEvent cellEvent, long bytes)
    {
        lock (gate)
        {
            if (!closed)
            {
                FollowNow(cellEvent, bytes);
            }
        }
    }

    private void LeaveOut(long bytes)
    {
        lock (gate)
        {
            if (!closed)
            {
                recorder.LeaveOut(running?.Cell ?? throw new BadEventException("it is too large, and no cell is running"), bytes);
            }
        }
    }

    private void FollowNow(CellEvent cellEvent, long bytes)
    {
        switch (cellEvent)
        {
            case CellStarted started:
                CheckStart(started);
                (running, number) = (started, started.Number);
                printed.Forget();
                recorder.Start(started);
                cellTime.Restart();
                progress.CellStarted(number);
                timeout.CancelAfter(options.Timeout + Patience ?? Timeout.InfiniteTimeSpan);
                break;
            case CellPutOut put:
                recorder.Add(put.Cell, put.Output, bytes);
                break;
            case CellEnded end when running?.Cell == end.Cell:
                timeout.CancelAfter(Timeout.InfiniteTimeSpan);
                progress.CellEnded(number, cellTime.Elapsed);
                NoteFailure(end);
                running = null;
                break;
            default:
                throw new BadEventException($"cell {cellEvent.Cell} is not running");
        }
    }

    private void CheckStart(CellStarted started)
    {
        if (running is not null || !waiting.TryDequeue(out var next) || started.Cell != next.Position || started.Number != number + 1)
        {
            throw new BadEventException($"cell {started.Cell} is not the next one");
        }
    }

    private void NoteFailure(CellEnded end)
    {
        if (end.Failure is { } error && !notebook.Cells[end.Cell - 1].MayFail)
        {
            var told = error.InCell(number);
            failedCells.Add(told);
            failure = options.AllowErrors ? null : $"{notebook.Path}: {told}";
        }
    }

    private void CheckEnd(string howItEnded)
    {
        if (failure is null && running is not null)
        {
            FailRunning("ProcessDied", $"the process {howItEnded}");
        }
        else if (failure is null && waiting.Count > 0)
        {
            failure = $"{notebook.Path}: after {number} cells the process {howItEnded}";
        }
    }

    private void FailRunning(string name, string message)
    {
        lock (gate)
        {
            closed = true;
            failure = $"{notebook.Path}: {(number > 0 ? $"cell {number}" : "before its first cell")}: {message}";
            if (running is not null)
            {
                recorder.Add(running.Cell, JupyterOutput.Error(name, message, [message, .. printed.Last()]), bytes: 0);
            }

            running = null;
        }
    }

    /// <summary>Puts what was recorded into the notebook; what still arrives from a process that is being ended is too late.</summary>
    private void Complete()
    {
        IReadOnlyList<(int Cell, string Note)> notes;
        lock (gate)
        {
            closed = true;
            notes = recorder.Complete();
        }

        foreach (var (cell, note) in notes)
        {
            progress.Message($"{notebook.Path}: cell {notebook.Cells[cell - 1].ExecutionCount}: {note}");
        }

        if (printed.Note() is { } more)
        {
            progress.Message($"{notebook.Path}: {more}.");
        }
    }
}
