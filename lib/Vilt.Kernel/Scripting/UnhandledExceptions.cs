using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Vilt.Kernel.Display;

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

    /// <summary>Reports in the cell that started the thread, or in the one that ran last where that is not known.</summary>
    private static bool Tell(Exception exception)
    {
        var run = CellRun.Current;
        if (run is { IsInterrupted: true } && InterruptReport.IsInterrupt(exception))
        {
            return true;
        }

        if ((CellOutputs.Current ?? OutputsOf(exception)) is not { } outputs)
        {
            return false; // No cell did it: the host is broken, and dies.
        }

        var owner = run is null ? "a cell" : run.Cell.FileName;
        var report = ExceptionReport.From(exception);
        outputs.Write("stderr", $"An exception ended a thread that {owner} started.\n{string.Join('\n', report.Traceback)}\n");
        return true;
    }

    /// <summary>The outputs of the last cell of the engine whose code threw, or null where it was no cell's code.</summary>
    private static CellOutputs? OutputsOf(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()?.Module.Assembly).OfType<Assembly>()
            .Select(AssemblyLoadContext.GetLoadContext).OfType<CellAssemblies>().FirstOrDefault()?.Outputs;
}
