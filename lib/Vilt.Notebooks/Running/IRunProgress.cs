namespace Vilt.Notebooks.Running;

/// <summary>Shows the progress of a run.</summary>
internal interface IRunProgress
{
    /// <summary>Runs the work while progress is shown.</summary>
    Task RunAsync(Func<Task> work);

    /// <summary>A notebook begins.</summary>
    void NotebookStarted(string name, int cells);

    /// <summary>A cell begins.</summary>
    void CellStarted(int number);

    /// <summary>A cell has run.</summary>
    void CellEnded(int number, TimeSpan time);

    /// <summary>A notebook has run, successfully or not, and its files are written.</summary>
    void NotebookEnded(TimeSpan time, bool failed);

    /// <summary>Shows a line that is not progress, on standard error.</summary>
    void Message(string line);
}
