namespace Vilt.Kernel.Scripting;

/// <summary>
/// Knows when the execution thread runs code of cells. Only then may its waits be interrupted: at any other time
/// a late interrupt would hit the engine or the next cell.
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

    /// <summary>Forgets the code that runs on the calling thread, since it won't return.</summary>
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

    /// <summary>The same for an action that is called later. It holds nothing else of the engine, since outputs outlive that.</summary>
    public Action<T> Pausing<T>(Action<T> action) => argument => Pause(() => action(argument));

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

    /// <summary>If the wait ended by itself just before the interrupt, the next wait would take it.</summary>
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
