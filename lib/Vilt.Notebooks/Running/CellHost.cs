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
    /// <param name="allowErrors">Whether to continue after a cell that fails.</param>
    public static async Task RunAsync(Notebook notebook, string pipe, bool allowErrors)
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
            var error = await RunCellAsync(engine, cell, number, events);
            if (error is not null && !allowErrors && !cell.MayFail)
            {
                return;
            }
        }
    }

    private static async Task<CellError?> RunCellAsync(CSharpEngine engine, NotebookCell cell, int number, EventStream events)
    {
        var error = await engine.RunAsync(
            new Cell(cell.Id, number, cell.Source),
            output => events.Write(new CellPutOut(cell.Position, JupyterOutput.From(output, number))));
        var failure = error is null ? null : new CellFailure(error.Name, error.Message, error.Line);
        events.Write(new CellEnded(cell.Position, failure));
        return error;
    }
}
