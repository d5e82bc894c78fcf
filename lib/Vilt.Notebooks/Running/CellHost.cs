using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>The child process's part: runs the cells of one notebook and tells of them on standard output.</summary>
internal static class CellHost
{
    /// <summary>Runs the cells until one fails.</summary>
    /// <param name="notebook">The notebook; its folder is the current one.</param>
    /// <param name="allowErrors">Whether to go on after a cell that fails.</param>
    public static async Task RunAsync(Notebook notebook, bool allowErrors)
    {
        var events = new EventStream(OpenStandardOutput());
        DieWithParent();
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

    /// <summary>
    /// Standard output itself. On Unix, Console's stream takes the lock of Console.Out for each write; a cell that prints holds that
    /// lock and may wait for outputs that are just being written here.
    /// </summary>
    private static Stream OpenStandardOutput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    private static async Task<CellError?> RunCellAsync(CSharpEngine engine, NotebookCell cell, int number, EventStream events)
    {
        var error = await engine.RunAsync(
            new Cell(cell.Id, number, cell.Source),
            output => events.Write(new CellPutOut(cell.Position, JupyterOutput.From(output, number))));
        var failure = error is null ? null : new CellFailure(error.Name, error.Message, error.Line);
        events.Write(new CellEnded(cell.Position, failure));
        return error;
    }

    /// <summary>Standard input is a pipe that ends when the parent does, however it ends. Cells find no input there.</summary>
    private static void DieWithParent()
    {
        var input = Console.OpenStandardInput();
        Console.SetIn(TextReader.Null);
        // On Ctrl+C the terminal signals this process too; the parent ends it when it has written what there is.
        Console.CancelKeyPress += (_, e) => e.Cancel = true;
        new Thread(() =>
        {
            while (input.ReadByte() >= 0)
            {
            }

            Process.GetCurrentProcess().Kill(); // Not Exit, which waits for handlers while a cell runs native code.
        })
        { IsBackground = true }.Start();
    }
}
