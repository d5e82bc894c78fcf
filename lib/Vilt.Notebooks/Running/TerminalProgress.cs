using Spectre.Console;

namespace Vilt.Notebooks.Running;

/// <summary>Progress as one bar for each notebook, for a terminal. Messages come after the bars, which they would disturb.</summary>
internal sealed class TerminalProgress(int notebooks) : IRunProgress
{
    private readonly List<string> messages = [];
    private ProgressContext context = null!;
    private ProgressTask task = null!;
    private string title = "";
    private int index;

    public async Task RunAsync(Func<Task> work)
    {
        try
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
                .StartAsync(async progress =>
                {
                    context = progress;
                    await work();
                });
        }
        finally
        {
            messages.ForEach(Console.Error.WriteLine);
        }
    }

    public void NotebookStarted(string name, int cells)
    {
        index++;
        title = $"{index}/{notebooks} {Markup.Escape(name)}";
        task = context.AddTask(title, maxValue: cells);
    }

    public void CellStarted(int number) => task.Description = $"{title} [grey]cell {number}/{task.MaxValue:0}[/]";

    public void CellEnded(int number, TimeSpan time) => task.Value = number;

    public void NotebookEnded(TimeSpan time, bool failed)
    {
        task.Description = $"{title} {(failed ? "[red]failed[/]" : "[green]done[/]")}";
        task.StopTask();
    }

    public void Message(string line)
    {
        lock (messages)
        {
            messages.Add(line);
        }
    }
}
