using System.Globalization;

namespace Vilt.Notebooks.Running;

/// <summary>
/// Sees that the processes of a sandbox together keep within its limits: the kernel's own hold for each of them alone, and that of their
/// number is higher, and without a <see cref="ControlGroup"/> not for root's.
/// </summary>
internal sealed class SandboxWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stop = new();
    private volatile string? reason;

    /// <summary>Begins to watch.</summary>
    /// <param name="head">The process that made the sandbox.</param>
    /// <param name="end">Ends all that is in it.</param>
    public SandboxWatch(int head, Action end) => new Thread(() => Watch(head, end)) { IsBackground = true, Priority = ThreadPriority.Highest }.Start();

    /// <summary>Why it was ended, as the end of a sentence that begins with "the process"; null if it was not.</summary>
    public string? Reason => reason;

    public void Dispose() => stop.Cancel();

    private void Watch(int head, Action end)
    {
        while (!stop.Token.WaitHandle.WaitOne(Pause))
        {
            var (tasks, memory) = Sum(head);
            reason = tasks > Sandbox.Tasks ? $"was ended: it had more than {Sandbox.Tasks} processes and threads"
                : memory > Sandbox.Memory ? $"was ended: it took more than {Sandbox.Memory >> 30} GiB of memory"
                : null;
            if (reason is not null)
            {
                end();
                return;
            }
        }
    }

    private static (int Tasks, long Memory) Sum(int process)
    {
        var (tasks, memory) = (0, 0L);
        var waiting = new Stack<int>([process]);
        while (waiting.TryPop(out var id) && tasks <= Sandbox.Tasks)
        {
            try
            {
                foreach (var task in Directory.EnumerateDirectories($"/proc/{id}/task"))
                {
                    tasks++;
                    Numbers(Path.Combine(task, "children")).ForEach(child => waiting.Push((int)child));
                }

                memory += Numbers($"/proc/{id}/statm")[1] * Environment.SystemPageSize; // the pages that are in memory
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // It has just ended.
            }
        }

        return (tasks, memory);
    }

    private static List<long> Numbers(string file) =>
        [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
}
