namespace Vilt.Notebooks.Running;

/// <summary>Progress as plain lines, for logs.</summary>
internal sealed class LineProgress(int notebooks) : IRunProgress
{
    private int index;
    private int cellCount;
    private string prefix = "";

    public Task RunAsync(Func<Task> work) => work();

    public void NotebookStarted(string name, int cells)
    {
        index++;
        cellCount = cells;
        prefix = $"notebook {index}/{notebooks} {name}";
    }

    public void CellStarted(int number)
    {
    }

    public void CellEnded(int number, TimeSpan time) => Console.Out.WriteLine($"{prefix} cell {number}/{cellCount} {time.TotalSeconds:0.0} s");

    public void NotebookEnded(TimeSpan time, bool failed) =>
        Console.Out.WriteLine($"{prefix} {(failed ? "failed" : "done")} {time.TotalSeconds:0.0} s");

    public void Message(string line) => Console.Error.WriteLine(line);
}
