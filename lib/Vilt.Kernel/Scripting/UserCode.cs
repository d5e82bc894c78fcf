namespace Vilt.Kernel.Scripting;

/// <summary>
/// Knows when the execution thread runs code of cells, the only time when its waits may be interrupted: anywhere else,
/// an interrupt that comes late would hit the engine or the next cell.
/// </summary>
internal sealed class UserCode
{
    private const int Outside = 0;
    private const int Inside = 1;
    private const int BeingWoken = 2;

    private Thread? thread;
    private CellRun? running;
    private int state;
    private bool woken;

    /// <summary>Whose code runs.</summary>
    public CellRun? Running => Volatile.Read(ref running);

    /// <summary>Whether that code sleeps, or waits for a lock, a task or the like.</summary>
    public bool IsBlocked => Volatile.Read(ref state) != Outside && thread is { } its && (its.ThreadState & ThreadState.WaitSleepJoin) != 0;

    /// <summary>Runs code of a cell on the calling thread, which is always the same one.</summary>
    public void Run(CellRun run, Action action)
    {
        thread = Thread.CurrentThread;
        run.IsReturning = false;
        Volatile.Write(ref running, run);
        Volatile.Write(ref state, Inside);
        try
        {
            action();
        }
        finally
        {
            Leave();
            Volatile.Write(ref running, null);
        }
    }

    /// <summary>Forgets the code that runs on the calling thread, which won't come back from it.</summary>
    /// <returns>Whether it runs any.</returns>
    public bool Lose()
    {
        if (Thread.CurrentThread != thread || Running is null)
        {
            return false;
        }

        Leave();
        Volatile.Write(ref running, null);
        return true;
    }

    /// <summary>Runs code of the engine that a cell's code called, on any thread: its waits are not to be interrupted.</summary>
    public void Pause(Action action)
    {
        if (Thread.CurrentThread != thread || state == Outside)
        {
            action();
            return;
        }

        Leave();
        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref state, Inside);
        }
    }

    /// <summary>Ends a sleep, a lock or another wait of the runtime with a <see cref="ThreadInterruptedException"/>, if the run's code is in one.</summary>
    public void WakeUp(CellRun run)
    {
        if (Interlocked.CompareExchange(ref state, BeingWoken, Inside) != Inside)
        {
            return;
        }

        if (running == run && (thread!.ThreadState & ThreadState.WaitSleepJoin) != 0)
        {
            woken = true;
            thread.Interrupt();
        }

        Volatile.Write(ref state, Inside);
    }

    private void Leave()
    {
        if (Volatile.Read(ref state) == Outside)
        {
            return; // In a pause.
        }

        var spin = new SpinWait();
        while (Interlocked.CompareExchange(ref state, Outside, Inside) != Inside)
        {
            spin.SpinOnce(sleep1Threshold: -1); // Sleeping would take the interrupt that is being sent.
        }

        if (woken)
        {
            woken = false;
            TakeLateInterrupt();
        }
    }

    /// <summary>The wait may have ended by itself just before it was interrupted; the next wait takes the interrupt then.</summary>
    private static void TakeLateInterrupt()
    {
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
        }
    }
}
