using System.CommandLine;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary>The command with which <c>vilt run</c> starts this program again, for each notebook.</summary>
internal static class RunCellsCommand
{
    public static Command Create()
    {
        var notebook = new Argument<string>("NOTEBOOK");
        var pipe = new Argument<string>("PIPE");
        var allowErrors = new Option<bool>(ChildProcess.AllowErrors);
        var timeout = new Option<double?>(ChildProcess.Timeout);
        var command = new Command(ChildProcess.Command, "Runs one notebook and reports on it in JSON.") { notebook, pipe, allowErrors, timeout };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            var read = Notebook.Read(parsed.GetRequiredValue(notebook));
            TimeSpan? longest = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
            await CellHost.RunAsync(read, parsed.GetRequiredValue(pipe), new(parsed.GetValue(allowErrors), longest));
            Environment.Exit(ExitCode.Success); // A thread that a cell left running must not keep the process alive.
            return ExitCode.Success;
        });
        return command;
    }
}
