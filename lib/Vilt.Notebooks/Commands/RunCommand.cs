using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text;
using Vilt.Data;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt run</c>: runs notebooks and writes each with its outputs, as a notebook and as a page.</summary>
internal static class RunCommand
{
    public static readonly string[] Examples =
    [
        "vilt run                                        the series, into artifacts/series",
        "vilt run notebooks/05-attribution.ipynb --out /tmp/results",
        "vilt run lessons --allow-errors --timeout 600   all notebooks of a folder",
    ];

    private const double LongestTimeout = 1_000_000;

    public static Command Create()
    {
        var notebooks = NotebooksArgument.Create(
            "Notebooks, or folders of notebooks. Default: the series in notebooks/.", ArgumentArity.ZeroOrMore);
        var output = new Option<string?>("--out") { Description = "Where the executed notebooks and pages go. Default: artifacts/series.", HelpName = "DIR" };
        var allowErrors = new Option<bool>("--allow-errors") { Description = "Go on after a cell that fails." };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "The longest that one cell may take. Default: no limit.",
            HelpName = "SECONDS",
            CustomParser = ParseTimeout,
        };
        var command = new Command("run", "Runs notebooks from top to bottom, each in a process of its own.") { notebooks, output, allowErrors, timeout };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new RunOptions(parsed.GetValue(allowErrors), parsed.GetValue(timeout));
            return RunAsync(parsed.GetValue(notebooks)!, parsed.GetValue(output) ?? Series.DefaultOutput(), options, cancellation);
        });
        return command;
    }

    private static TimeSpan? ParseTimeout(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, out var seconds) && seconds is > 0 and <= LongestTimeout)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"--timeout {result.Tokens[0].Value}: a number of seconds was expected, more than 0 and at most {LongestTimeout}.");
        return null;
    }

    private static async Task<int> RunAsync(string[] paths, string folder, RunOptions options, CancellationToken cancellation)
    {
        var notebooks = Series.Find(paths);
        if (NotebooksArgument.ProblemWithOutput(notebooks, folder) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.WrongUse;
        }

        IRunProgress progress = Console.IsOutputRedirected ? new LineProgress(notebooks.Count) : new TerminalProgress(notebooks.Count);
        var failed = 0;
        await progress.RunAsync(async () =>
        {
            foreach (var notebook in notebooks)
            {
                failed += await RunOneAsync(notebook, folder, options, progress, cancellation) ? 0 : 1;
            }
        });
        Console.Out.WriteLine($"{notebooks.Count - failed} of {notebooks.Count} notebooks ran to their end; see {Path.GetFullPath(folder)}");
        return failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static async Task<bool> RunOneAsync(
        string path, string folder, RunOptions options, IRunProgress progress, CancellationToken cancellation)
    {
        var time = Stopwatch.StartNew();
        string? failure;
        try
        {
            var notebook = Notebook.Read(path);
            progress.NotebookStarted(notebook.Name, notebook.Cells.Count(cell => cell.IsRunnable));
            try
            {
                using var run = new NotebookRun(notebook, options, progress);
                failure = await run.RunAsync(cancellation);
            }
            finally
            {
                await WriteAsync(notebook, folder);
            }
        }
        catch (NotebookException exception)
        {
            progress.NotebookStarted(Path.GetFileName(path), 0);
            failure = exception.Message;
        }

        if (failure is not null)
        {
            progress.Message(failure);
        }

        progress.NotebookEnded(time.Elapsed, failure is not null);
        return failure is null;
    }

    private static async Task WriteAsync(Notebook notebook, string folder)
    {
        HostMetadata.Complete(notebook);
        notebook.Write(Path.Combine(folder, notebook.Name));
        var page = Encoding.UTF8.GetBytes(await NotebookPage.RenderAsync(notebook));
        AtomicFile.Write(Path.Combine(folder, Path.ChangeExtension(notebook.Name, ".html")), stream => stream.Write(page));
    }
}
