using System.Diagnostics;
using System.Text;
using Vilt.Kernel.Supervision;

namespace Vilt.Notebooks.Running;

/// <summary>A second run of this program, which runs one notebook and nothing else.</summary>
internal static class ChildProcess
{
    /// <summary>The command of this program that <see cref="CellHost"/> stands behind.</summary>
    public const string Command = "run-cells";

    /// <summary>Goes on after cells that fail.</summary>
    public const string AllowErrors = "--allow-errors";

    public static Process Start(string notebook, string folder, bool allowErrors)
    {
        var start = OwnProgram.CellsCommand(allowErrors ? [Command, notebook, AllowErrors] : [Command, notebook]);
        (start.WorkingDirectory, start.UseShellExecute) = (folder, false);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        return Process.Start(start) ?? throw new InvalidOperationException("The process that runs the notebook did not start.");
    }
}
