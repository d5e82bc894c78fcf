using System.Diagnostics;
using System.Text;

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
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(notebook);
        if (allowErrors)
        {
            start.ArgumentList.Add(AllowErrors);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The process that runs the notebook did not start.");
    }

    /// <summary>Says how a process ended that should not have.</summary>
    public static string DescribeEnd(int exitCode) => exitCode switch
    {
        // On Unix 128 + the signal's number.
        134 => "aborted (exit code 134); what it wrote last stands above",
        137 => "was killed (exit code 137); the system does so when memory runs out",
        139 => "crashed in native code (exit code 139)",
        _ => $"ended with exit code {exitCode}",
    };
}
