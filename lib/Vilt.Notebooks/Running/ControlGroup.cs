using System.Diagnostics;
using System.Globalization;

namespace Vilt.Notebooks.Running;

/// <summary>
/// A control group of Linux that refuses more than a number of processes and threads. RLIMIT_NPROC, which does that for other users, does
/// not hold for root; but root may make groups, except in most containers, which have a limit of their own.
/// </summary>
internal sealed class ControlGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup", Prefix = "vilt-"; // then the process that made it
    private const int MostRounds = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string folder;

    private ControlGroup(string folder) => this.folder = folder;

    /// <summary>Makes one, or returns null where this process may not.</summary>
    /// <param name="tasks">The most processes and threads.</param>
    public static ControlGroup? Create(int tasks)
    {
        var folder = Path.Combine(Parent(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        var group = new ControlGroup(folder);
        try
        {
            RemoveForgotten();
            Directory.CreateDirectory(folder);
            var limit = Path.Combine(folder, "pids.max");
            if (File.Exists(limit)) // Not where the group above does not share this out.
            {
                File.WriteAllText(limit, tasks.ToString(CultureInfo.InvariantCulture));
                return group;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // As if it were not there.
        }

        group.Dispose();
        return null;
    }

    /// <summary>Changes a command so that its process enters the group before it does anything.</summary>
    public ProcessStartInfo Around(ProcessStartInfo start)
    {
        string[] command = ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(folder, "cgroup.procs"), start.FileName, .. start.ArgumentList];
        (start.FileName, var arguments) = ("/bin/sh", start.ArgumentList);
        arguments.Clear();
        Array.ForEach(command, arguments.Add);
        return start;
    }

    /// <summary>Removes it, once its processes have ended.</summary>
    public void Dispose()
    {
        for (var round = 0; round < MostRounds && !TryRemove(folder); round++)
        {
            Thread.Sleep(Pause);
        }
    }

    /// <summary>Removes those of programs that were killed.</summary>
    private static void RemoveForgotten()
    {
        foreach (var folder in Directory.GetDirectories(Parent(), Prefix + "*"))
        {
            if (!Directory.Exists($"/proc/{Path.GetFileName(folder).Split('-')[1]}"))
            {
                _ = TryRemove(folder); // Another program may do so at the same time.
            }
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It still has processes, or it is gone.
        }

        return !Directory.Exists(folder);
    }

    /// <summary>Version 1 has a tree for each controller. In version 2 only groups without processes may limit those below.</summary>
    private static string Parent() => Directory.Exists(Path.Combine(Root, "pids")) ? Path.Combine(Root, "pids") : Root;
}
