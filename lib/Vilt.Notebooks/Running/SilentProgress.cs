namespace Vilt.Notebooks.Running;

/// <summary>Shows nothing: for one run of many, whose progress is counted.</summary>
internal sealed class SilentProgress : IRunProgress
{
    public Task RunAsync(Func<Task> work) => work();

    public void NotebookStarted(string name, int cells)
    {
    }

    public void CellStarted(int number)
    {
    }

    public void CellEnded(int number, TimeSpan time)
    {
    }

    public void NotebookEnded(TimeSpan time, bool failed)
    {
    }

    public void Message(string line)
    {
    }
}
