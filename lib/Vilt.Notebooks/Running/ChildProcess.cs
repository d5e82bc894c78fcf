using System.Diagnostics;
using System.IO.Pipes;
using Vilt.Kernel.Supervision;

namespace Vilt.Notebooks.Running;

/// <summary>A second run of this program, which runs one notebook and nothing else.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>The command of this program that <see cref="CellHost"/> stands behind.</summary>
    public const string Command = "run-cells";

    /// <summary>Goes on after cells that fail.</summary>
    public const string AllowErrors = "--allow-errors";

    private readonly AnonymousPipeServerStream events = new(PipeDirection.In, HandleInheritability.Inheritable);
    private readonly ProcessFamily family;

    public ChildProcess(string notebook, string folder, bool allowErrors)
    {
        string[] arguments = [Command, notebook, events.GetClientHandleAsString()];
        var start = OwnProgram.CellsCommand(allowErrors ? [.. arguments, AllowErrors] : arguments);
        (start.WorkingDirectory, start.UseShellExecute) = (folder, false);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        family = ProcessFamily.Start(start, out var process);
        Process = process;
        events.DisposeLocalCopyOfClientHandle();
    }

    public Process Process { get; }

    /// <summary>Lines of <see cref="EventStream"/>. Standard output and error are for whatever else prints there.</summary>
    public Stream Events => events;

    /// <summary>Ends the process, if it still runs, and all that its cells started.</summary>
    public void End() => family.End();

    public void Dispose()
    {
        events.Dispose();
        family.Dispose();
    }
}
