using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt run</c>: runs notebooks and writes each with its outputs, as a notebook and as a page.</summary>
internal static class RunCommand
{
    public static readonly string[] Examples =
    [
        "vilt run                                        the series, into artifacts/series",
        "vilt run notebooks/05-explain-the-answers.ipynb --out results",
        "vilt run lessons --allow-errors --timeout 600   all notebooks of a folder and of its folders",
        "vilt run from-somebody.ipynb --sandbox          without a network or your files; for Linux",
    ];

    private const double LongestTimeout = 1_000_000;

    public static Command Create()
    {
        var notebooks = NotebooksArgument.Create(
            "Notebooks, or folders of notebooks. Default: the series with its solutions, notebooks/solutions.", ArgumentArity.ZeroOrMore);
        var output = new Option<string?>("--out") { Description = "Where the executed notebooks and pages go. Default: artifacts/series.", HelpName = "DIR" };
        var allowErrors = new Option<bool>("--allow-errors") { Description = "Continue after a cell that fails. A notebook with such cells still counts as failed." };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "The longest that one cell may take: then it is stopped, and has failed. Default: no limit.",
            HelpName = "SECONDS",
            CustomParser = ParseTimeout,
        };
        var sandbox = new Option<bool>("--sandbox") { Description = "Run each in a sandbox of its own: no network, no files but the library's." };
        var command = new Command("run", "Runs notebooks from top to bottom, each in a process of its own.") { notebooks, output, allowErrors, timeout, sandbox };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new RunOptions(
                parsed.GetValue(allowErrors), parsed.GetValue(timeout), parsed.GetValue(sandbox) ? new Sandbox(readable: []) : null);
            return RunAsync(parsed.GetValue(notebooks)!, parsed.GetValue(output) ?? Series.DefaultOutput(), options, cancellation);
        });
        return command;
    }

    private static TimeSpan? ParseTimeout(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestTimeout)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"--timeout {result.Tokens[0].Value}: expected a number of seconds, more than 0 and at most {LongestTimeout}.");
        return null;
    }

    private static async Task<int> RunAsync(string[] paths, string folder, RunOptions options, CancellationToken cancellation)
    {
        var notebooks = Series.Find(paths, except: folder);
        var targets = NotebooksArgument.Targets(paths, notebooks, folder);
        if (NotebooksArgument.ProblemWithOutput(notebooks, targets) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.WrongUse;
        }

        if (options.Sandbox is not null && Sandbox.Problem() is { } missing)
        {
            Console.Error.WriteLine($"{missing} Without --sandbox, notebooks run as a program of yours.");
            return ExitCode.WrongUse;
        }

        Console.Out.WriteLine($"Running {notebooks.Count} notebook{(notebooks.Count == 1 ? "" : "s")} into {Path.GetFullPath(folder)}");
        IRunProgress progress = Console.IsOutputRedirected ? new LineProgress(notebooks.Count) : new TerminalProgress(notebooks.Count);
        var results = new List<NotebookResult>();
        await progress.RunAsync(async () =>
        {
            foreach (var (notebook, target) in notebooks.Zip(targets))
            {
                results.Add(await RunOneAsync(notebook, target, Path.GetRelativePath(folder, target), options, progress, cancellation));
            }
        });
        NotebookResult.Write(results, Console.Out);
        var done = results.Count(result => result.Failure is null);
        Console.Out.WriteLine($"{done} of {notebooks.Count} notebooks ran without an error; see {Path.GetFullPath(folder)}");
        return done == notebooks.Count ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>Runs a notebook. Whatever goes wrong with it, later ones still run.</summary>
    private static async Task<NotebookResult> RunOneAsync(
        string path, string target, string name, RunOptions options, IRunProgress progress, CancellationToken cancellation)
    {
        var time = Stopwatch.StartNew();
        string? failure;
        try
        {
            var notebook = Notebook.Read(path);
            progress.NotebookStarted(name, notebook.Cells.Count(cell => cell.IsRunnable));
            failure = await RunAndWriteAsync(notebook, target, options, progress, cancellation);
        }
        catch (NotebookException exception)
        {
            progress.NotebookStarted(name, 0);
            failure = exception.Message;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception)
        {
            failure = $"{path}: {exception.Message}";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = $"{path} failed unexpectedly: {exception.GetType()}: {exception.Message}";
        }

        if (failure is not null)
        {
            progress.Message(failure);
        }

        progress.NotebookEnded(time.Elapsed, failure is not null);
        return new(name, time.Elapsed, failure);
    }

    private static async Task<string?> RunAndWriteAsync(
        Notebook notebook, string target, RunOptions options, IRunProgress progress, CancellationToken cancellation)
    {
        string? failure, missing;
        try
        {
            using var run = new NotebookRun(notebook, options, progress);
            failure = await run.RunAsync(cancellation) ?? run.FailedCells;
        }
        finally
        {
            HostMetadata.Complete(notebook);
            notebook.Write(target);
            missing = await PageProcess.WriteAsync(target, notebook.Folder, Path.ChangeExtension(target, ".html"));
        }

        return failure ?? (missing is null ? null : $"{notebook.Path}: it ran, but its page can't be written: {missing}");
    }
}
