using System.IO.Pipes;
using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>The child process's side: runs the cells of one notebook and reports on them through a pipe.</summary>
internal static class CellHost
{
    /// <summary>Runs the cells until one fails.</summary>
    /// <param name="notebook">The notebook; its folder is the current one.</param>
    /// <param name="pipe">The handle of the pipe for events.</param>
    /// <param name="options">How it is run.</param>
    public static async Task RunAsync(Notebook notebook, string pipe, RunOptions options)
    {
        ProcessFamily.Lead();
        ParentLifeline.Hold();
        var events = new EventStream(new AnonymousPipeClientStream(PipeDirection.Out, pipe));
        using var engine = new CSharpEngine(notebook.Folder);
        var number = 0;
        foreach (var cell in notebook.Cells.Where(cell => cell.IsRunnable))
        {
            number++;
            events.Write(new CellStarted(cell.Position, number));
            var error = await RunCellAsync(engine, cell, number, events, options.Timeout);
            if (error is not null && !options.AllowErrors && !cell.MayFail)
            {
                return;
            }
        }
    }

    private static async Task<CellError?> RunCellAsync(CSharpEngine engine, NotebookCell cell, int number, EventStream events, TimeSpan? longest)
    {
        using var timeout = new CancellationTokenSource(longest ?? Timeout.InfiniteTimeSpan);
        CellOutput Told(CellOutput output) => output is CellError error ? InTime(error) : output;
        CellError InTime(CellError error) =>
            timeout.IsCancellationRequested ? error with { Name = "Timeout", Message = RunOptions.TooLong(longest!.Value), Traceback = [RunOptions.TooLong(longest!.Value)] } : error;
        var error = await engine.RunAsync(
            new Cell(cell.Id, number, cell.Source),
            output => events.Write(new CellPutOut(cell.Position, JupyterOutput.From(Told(output), number))), timeout.Token);
        error = error is null ? null : InTime(error);
        events.Write(new CellEnded(cell.Position, error is null ? null : new(error.Name, error.Message, error.Line)));
        return error;
    }
}
