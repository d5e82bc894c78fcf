using System.Runtime.ExceptionServices;

namespace Vilt.Kernel.Scripting;

/// <summary>Keeps the process alive when an exception ends a thread that a cell started, or a task that nobody can await.</summary>
internal static class UnhandledExceptions
{
    private static readonly Lazy<bool> Handled = new(Handle);

    public static void Survive() => _ = Handled.Value;

    private static bool Handle()
    {
        ExceptionHandling.SetUnhandledExceptionHandler(Tell);
        return true;
    }

    /// <summary>Tells in the cell that started the thread, or in the process's own standard error where that is not known.</summary>
    private static bool Tell(Exception exception)
    {
        var run = CellRun.Current;
        if (run is { IsInterrupted: true } && InterruptReport.IsInterrupt(exception))
        {
            return true;
        }

        var report = ExceptionReport.From(exception);
        if (run is null && report.Line is null)
        {
            return false; // No cell's doing: the host is broken, and dies.
        }

        var owner = run is null ? "a cell" : run.Cell.FileName;
        Console.Error.WriteLine($"An exception ended a thread that {owner} started.\n{string.Join('\n', report.Traceback)}");
        return true;
    }
}
