using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Vilt.Notebooks.Running;

/// <summary>
/// A Windows job object: a process and all that it starts, which end when the last handle to the job is closed, for whatever reason.
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class JobObject : IDisposable
{
    private const int ExtendedLimitInformation = 9; // JobObjectExtendedLimitInformation
    private const uint KillOnClose = 0x2000; // JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE

    private readonly SafeFileHandle handle;

    private JobObject(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Puts a process into a job of its own. What it starts belongs to the job as well.</summary>
    /// <exception cref="Win32Exception">Windows does not allow it.</exception>
    public static JobObject Around(Process process)
    {
        var job = new JobObject(CreateJobObject(0, null));
        var limits = new ExtendedLimits { Basic = { LimitFlags = KillOnClose } };
        if (job.handle.IsInvalid
            || !SetInformationJobObject(job.handle, ExtendedLimitInformation, ref limits, Marshal.SizeOf<ExtendedLimits>())
            || (!AssignProcessToJobObject(job.handle, process.SafeHandle) && !process.HasExited))
        {
            throw new Win32Exception();
        }

        return job;
    }

    /// <summary>Ends all processes of the job.</summary>
    public void End() => TerminateJobObject(handle, exitCode: 1);

    public void Dispose() => handle.Dispose();

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", CharSet = CharSet.Unicode, SetLastError = true)]
    private static extern SafeFileHandle CreateJobObject(nint attributes, string? name);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetInformationJobObject(SafeFileHandle job, int kind, ref ExtendedLimits limits, int length);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool TerminateJobObject(SafeFileHandle job, uint exitCode);

    /// <summary>JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long PerProcessUserTimeLimit;
        public long PerJobUserTimeLimit;
        public uint LimitFlags;
        public nuint MinimumWorkingSetSize;
        public nuint MaximumWorkingSetSize;
        public uint ActiveProcessLimit;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION, with IO_COUNTERS as six numbers.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public ulong ReadOperationCount;
        public ulong WriteOperationCount;
        public ulong OtherOperationCount;
        public ulong ReadTransferCount;
        public ulong WriteTransferCount;
        public ulong OtherTransferCount;
        public nuint ProcessMemoryLimit;
        public nuint JobMemoryLimit;
        public nuint PeakProcessMemoryUsed;
        public nuint PeakJobMemoryUsed;
    }
}
