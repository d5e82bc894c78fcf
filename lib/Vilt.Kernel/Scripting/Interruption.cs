using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Ends one run of a cell: its checks throw, its awaits end, its waits are woken. The cell says so where something can't be stopped.</summary>
/// <param name="run">The run.</param>
/// <param name="thread">The thread that cells run on.</param>
/// <param name="code">Whose code that thread runs.</param>
/// <param name="outputs">The cell's outputs.</param>
/// <param name="done">Completes when the cell is done.</param>
/// <param name="abandon">Lets the cell be done though it awaits still.</param>
internal sealed class Interruption(CellRun run, ExecutionThread thread, UserCode code, CellOutputs outputs, Task done, Action abandon)
{
    private const int PollMilliseconds = 10;
    private const int PollsBetweenWakes = 25;
    private const int PollsOfPatience = 10;
    private const int PollsUntilTold = 100;

    private int idlePolls;

    /// <summary>Begins, on a thread of its own: the thread pool may be what the cell keeps busy.</summary>
    public void Start() => new Thread(Work) { Name = "Interrupt", IsBackground = true }.UnsafeStart();

    private void Work()
    {
        run.Interrupt();
        for (var poll = 0; !done.Wait(PollMilliseconds); poll++)
        {
            if (poll % PollsBetweenWakes == 0)
            {
                CellRegex.EndMatches();
            }

            if (code.Running is { } running)
            {
                Push(running, poll);
            }
            else if (thread.BusySince is null && ++idlePolls == PollsOfPatience)
            {
                abandon();
            }
        }
    }

    private void Push(CellRun running, int poll)
    {
        if (running != run && poll >= PollsOfPatience)
        {
            running.Interrupt(); // Something that an earlier cell left running blocks this one.
        }

        if (running.IsInterrupted && poll % PollsBetweenWakes == 0)
        {
            code.WakeUp(running);
        }

        if (poll == PollsUntilTold)
        {
            outputs.Write("stderr", "The interrupt waits for a call that can't be stopped, such as native code. The cell ends when it returns.\n");
        }
    }
}
