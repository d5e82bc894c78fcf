using System.Reflection;
using System.Text.RegularExpressions;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Describes what ended a cell that may have been interrupted.</summary>
internal static class InterruptReport
{
    private const string Message = "The cell was interrupted.";

    /// <summary>An interrupt at an unknown place.</summary>
    public static readonly CellError Interrupted = new(nameof(OperationCanceledException), Message, [Message], Line: null);

    /// <summary>Describes an exception; one that comes from an interrupt is described as such, with its place.</summary>
    public static CellError From(CellRun run, Exception exception)
    {
        var report = ExceptionReport.From(exception);
        return run.IsInterrupted && IsInterrupt(exception)
            ? Interrupted with { Line = report.Line, Traceback = [Message, .. report.Traceback.Skip(1)] }
            : report;
    }

    /// <summary>Whether an exception in an interrupted cell comes from the interrupt.</summary>
    public static bool IsInterrupt(Exception exception) => exception switch
    {
        OperationCanceledException or ThreadInterruptedException or RegexMatchTimeoutException => true,
        // The cell left an asynchronous iterator that is still at an await of its own, and so can't be disposed.
        NotSupportedException { TargetSite.Name: "System.IAsyncDisposable.DisposeAsync" } => true,
        AggregateException several => several.InnerExceptions.All(IsInterrupt),
        TypeInitializationException or TargetInvocationException => exception.InnerException is { } inner && IsInterrupt(inner),
        _ => false,
    };
}
