using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Vilt.Notebooks.Running;

/// <summary>
/// A notebook's process together with all that its cells started, which end with it. On Linux and macOS the process heads a session of
/// its own; on Linux processes that leave that session become children of this program, or to the notebook's process if this program was
/// killed, and is found there. On macOS a process that makes itself a daemon escapes. On Windows it is a job object, which ends with the
/// last handle to it. A sandbox's processes end with its first, whatever they do.
/// </summary>
internal sealed class ProcessFamily : IDisposable
{
    private const int Kill = 9; // SIGKILL
    private const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER of linux/prctl.h
    private const int DoNotWait = 1; // WNOHANG
    private const int MostRounds = 200; // A process that waits for a device ends only when the device answers.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly Process head;
    private readonly HashSet<int>? earlierChildren; // null in a sandbox
    private readonly ManualResetEventSlim? ended;
    private readonly JobObject? job;

    private ProcessFamily(Process head, HashSet<int>? earlierChildren, ManualResetEventSlim? ended = null)
    {
        (this.head, this.earlierChildren, this.ended) = (head, earlierChildren, ended);
        job = OperatingSystem.IsWindows() ? JobObject.Around(head) : null;
    }

    /// <summary>Starts a process whose program begins with <see cref="Lead"/>.</summary>
    public static ProcessFamily Start(ProcessStartInfo start, out Process process)
    {
        AdoptOrphans();
        HashSet<int> before = [.. ChildrenOf(Environment.ProcessId)];
        process = Process.Start(start) ?? throw new InvalidOperationException("The process that runs the notebook did not start.");
        return new(process, before);
    }

    /// <summary>Starts a <see cref="Sandbox"/>. It ends with the thread that started it, so that one waits: PR_SET_PDEATHSIG of prctl(2).</summary>
    public static ProcessFamily StartSandbox(ProcessStartInfo start, out Process process)
    {
        var started = new TaskCompletionSource<Process>();
        var ended = new ManualResetEventSlim();
        new Thread(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }

            ended.Wait();
        })
        { IsBackground = true }.Start();
        process = started.Task.GetAwaiter().GetResult();
        return new(process, earlierChildren: null, ended);
    }

    /// <summary>Makes this process, before it starts others, the head of a family.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = CreateSession(); // Fails only if this process already heads a group.
        }

        AdoptOrphans();
    }

    /// <summary>Ends this process with everything it started; for when the process that started it is gone.</summary>
    public static void EndOwn()
    {
        if (OperatingSystem.IsLinux())
        {
            EndAll(Environment.ProcessId, []);
        }

        if (!OperatingSystem.IsWindows())
        {
            _ = Signal(0, Kill); // The group, this process included.
        }

        Process.GetCurrentProcess().Kill(); // Not Exit, which waits for handlers while a cell runs native code.
    }

    /// <summary>Ends the process, if it still runs, and all that it and its children started.</summary>
    public void End()
    {
        if (OperatingSystem.IsWindows())
        {
            job?.End();
            head.Kill(entireProcessTree: true);
            return;
        }

        if (earlierChildren is null)
        {
            head.Kill();
            return;
        }

        head.Kill(entireProcessTree: true);
        _ = Signal(-head.Id, Kill); // Its id can't be reused while a process of its group is left.
        if (OperatingSystem.IsLinux())
        {
            EndAll(head.Id, earlierChildren);
        }
    }

    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            job?.Dispose();
        }

        ended?.Set();
        head.Dispose();
    }

    /// <summary>
    /// Ends all processes of a session, and those that became this process's children, until there are none. A process may start others
    /// between two checks; others, which then are found.
    /// </summary>
    private static void EndAll(int session, HashSet<int> spared)
    {
        for (var (found, round) = (true, 0); found && round < MostRounds; round++)
        {
            found = false;
            foreach (var (id, parent, itsSession) in RunningProcesses())
            {
                var isOurs = itsSession == session || (parent == Environment.ProcessId && !spared.Contains(id));
                if (isOurs && id != Environment.ProcessId && id != session)
                {
                    found |= Signal(id, Kill) == 0;
                    _ = AwaitChild(id, 0, DoNotWait); // A dead child process stays until its exit status is read.
                }
            }

            if (found)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static IEnumerable<int> ChildrenOf(int parent) => OperatingSystem.IsLinux()
        ? RunningProcesses().Where(process => process.Parent == parent).Select(process => process.Id)
        : [];

    /// <summary>The processes that have not ended, from /proc/PID/stat: "PID (name) state parent group session …" (proc(5)).</summary>
    private static IEnumerable<(int Id, int Parent, int Session)> RunningProcesses()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Stat(folder) is { } stat && stat[0] is not ("Z" or "X"))
            {
                yield return (id, int.Parse(stat[1], CultureInfo.InvariantCulture), int.Parse(stat[3], CultureInfo.InvariantCulture));
            }
        }
    }

    private static string[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' '); // The name may hold anything.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // It has just ended.
        }
    }

    private static void AdoptOrphans()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ControlProcess(SetChildSubreaper, 1, 0, 0, 0);
        }
    }

    [DllImport("libc", EntryPoint = "setsid")]
    private static extern int CreateSession();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int id, int signal);

    [DllImport("libc", EntryPoint = "waitpid")]
    private static extern int AwaitChild(int id, nint status, int options);

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int ControlProcess(int option, nuint value, nuint second, nuint third, nuint fourth);
}
