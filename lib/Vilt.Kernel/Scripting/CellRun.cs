using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>One run of a cell, known to whatever code it started: across awaits, tasks and threads, and in no other cell's code.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Tasks that the cell left running still use the token; its source holds nothing else.")]
[StackTraceHidden]
internal sealed class CellRun(Cell cell)
{
    /// <summary>How long <c>catch</c> and <c>finally</c> blocks may take before they are interrupted too.</summary>
    private const int GraceMilliseconds = 50;

    // An AsyncLocal alone is too slow for a check in each turn of a loop; its change handler keeps this copy of it.
    [ThreadStatic]
    private static CellRun? onThread;
    private static readonly AsyncLocal<CellRun?> Flowing = new(change => onThread = change.CurrentValue);

    // What most checks ask for, and no more than this.
    private static volatile bool anyIsInterrupted;

    private readonly CancellationTokenSource stop = new();
    private volatile bool interrupted;
    private long graceEnds;

    /// <summary>The run that the calling code belongs to.</summary>
    public static CellRun? Current
    {
        get => onThread;
        set => Flowing.Value = value;
    }

    /// <summary>Whether there ever was an interrupt, without which no check has to look further.</summary>
    public static bool AnyIsInterrupted => anyIsInterrupted;

    public Cell Cell => cell;

    public bool IsInterrupted => interrupted;

    /// <summary>Canceled by an interrupt.</summary>
    public CancellationToken Interruption => stop.Token;

    /// <summary>Whether the cell's statements are about to leave their thread for an <c>await</c>.</summary>
    public bool IsReturning { get; set; }

    /// <summary>Where the cell's statements ended: with the culture and the <see cref="AsyncLocal{T}"/> values that they set.</summary>
    public ExecutionContext? End { get; set; }

    /// <summary>Whether the cell has been answered. What is left of an interrupted one is then dropped.</summary>
    public bool IsOver { get; set; }

    /// <summary>Gives up the calling thread, which can't go on, if it is the cells' one, and tells whether it was.</summary>
    public Func<CellError, bool> LoseThread { get; init; } = _ => false;

    public void Interrupt()
    {
        interrupted = true;
        anyIsInterrupted = true;
        _ = stop.CancelAsync(); // Not Cancel: continuations would run here.
    }

    /// <summary>Ends an interrupted run's code. It throws again and again, so that no <c>catch</c> keeps the cell running.</summary>
    /// <exception cref="OperationCanceledException">Always, but for a moment after the first time.</exception>
    public void Stop()
    {
        var now = Environment.TickCount64;
        var ends = Interlocked.CompareExchange(ref graceEnds, now + GraceMilliseconds, 0);
        if (ends == 0 || now >= ends)
        {
            throw new OperationCanceledException("The cell was interrupted.", Interruption);
        }
    }
}
