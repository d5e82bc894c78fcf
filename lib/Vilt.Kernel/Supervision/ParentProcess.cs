using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vilt.Kernel.Supervision;

/// <summary>
/// The front end's process. Jupyter names it in JPY_PARENT_PID (jupyter_client's launcher.py): by its id, on Windows by a handle
/// that this process inherits. Without that variable it is this process's parent, which Unix knows.
/// </summary>
internal static class ParentProcess
{
    private const int NoSuchProcess = 3; // ESRCH
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Calls back when the front end is gone, perhaps more than once. The watch lasts as long as the result.</summary>
    public static object Watch(Action lost)
    {
        _ = long.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var named);
        return OperatingSystem.IsWindows() ? WatchHandle((nint)named, lost) : WatchIds((int)named, lost);
    }

    private static Timer WatchIds(int named, Action lost)
    {
        var parent = GetParentId();
        void Check(object? _)
        {
            if (GetParentId() != parent || (named > 0 && IsGone(named)))
            {
                lost();
            }
        }

        return new Timer(Check, null, TimeSpan.Zero, Interval);
    }

    private static object WatchHandle(nint handle, Action lost) => handle == 0
        ? new object()
        : ThreadPool.RegisterWaitForSingleObject(
            new ProcessWait { SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: true) }, (_, _) => lost(), null, Timeout.Infinite, executeOnlyOnce: true);

    private static bool IsGone(int id) => Signal(id, 0) != 0 && Marshal.GetLastPInvokeError() == NoSuchProcess;

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParentId();

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int id, int signal);

    private sealed class ProcessWait : WaitHandle;
}
