using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Vilt.Kernel.Supervision;

namespace Vilt.Notebooks.Running;

/// <summary>A second run of this program, which runs one notebook and nothing else.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>The command of this program that <see cref="CellHost"/> implements.</summary>
    public const string Command = "run-cells";

    /// <summary>Continues after cells that fail.</summary>
    public const string AllowErrors = "--allow-errors";

    /// <summary>The longest that a cell may take, in seconds.</summary>
    public const string Timeout = "--timeout";

    /// <summary>Where the kernel looks for what <c>#r</c> does not find.</summary>
    private const string LibraryVariable = "CSHARP_KERNEL_LIB";

    // One at a time: a process that starts inherits all pipes that are open to be inherited.
    private static readonly Lock Starting = new();

    private readonly AnonymousPipeServerStream events;
    private readonly ProcessFamily family;
    private readonly SandboxWatch? watch;
    private readonly ControlGroup? group;

    /// <summary>Starts it.</summary>
    /// <param name="notebook">The notebook's full path.</param>
    /// <param name="options">How it is run.</param>
    public ChildProcess(string notebook, RunOptions options)
    {
        lock (Starting)
        {
            events = new(PipeDirection.In, HandleInheritability.Inheritable);
            string[] timeout = options.Timeout is { } longest ? [Timeout, longest.TotalSeconds.ToString(CultureInfo.InvariantCulture)] : [];
            string[] allow = options.AllowErrors ? [AllowErrors] : [];
            var start = OwnProgram.CellsCommand([Command, notebook, events.GetClientHandleAsString(), .. allow, .. timeout]);
            start.WorkingDirectory = Path.GetDirectoryName(notebook);
            start.Environment.TryAdd(LibraryVariable, Series.Libraries() ?? AppContext.BaseDirectory); // for a notebook that was moved away
            if (options.Sandbox is { } sandbox)
            {
                group = ControlGroup.Create(Sandbox.MostTasks);
                start = sandbox.Around(start, notebook);
                start = group?.Around(start) ?? start;
            }

            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            family = options.Sandbox is null ? ProcessFamily.Start(start, out var process) : ProcessFamily.StartSandbox(start, out process);
            Process = process;
            events.DisposeLocalCopyOfClientHandle();
        }

        watch = options.Sandbox is null ? null : new SandboxWatch(Process.Id, family.End);
    }

    public Process Process { get; }

    /// <summary>Lines of <see cref="EventStream"/>. Standard output and error are for whatever else prints there.</summary>
    public Stream Events => events;

    /// <summary>How it ended, as the end of a sentence that begins with "the process".</summary>
    public string HowItEnded => watch?.Reason ?? ProcessEnd.Describe(Process.ExitCode);

    /// <summary>Ends the process, if it still runs, and all that its cells started.</summary>
    public void End() => family.End();

    public void Dispose()
    {
        watch?.Dispose();
        events.Dispose();
        family.Dispose();
        group?.Dispose();
    }
}
