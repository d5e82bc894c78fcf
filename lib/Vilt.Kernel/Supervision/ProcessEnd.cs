namespace Vilt.Kernel.Supervision;

/// <summary>Says how a process ended unexpectedly.</summary>
public static class ProcessEnd
{
    /// <summary>A predicate for "the process".</summary>
    /// <param name="exitCode">Its exit code; on Unix 128 + the signal's number for one that a signal ended.</param>
    public static string Describe(int exitCode) => exitCode switch
    {
        134 => "aborted (exit code 134)",
        137 => "was killed, as the system does when memory runs out (exit code 137)",
        139 => "crashed in native code (exit code 139)",
        unchecked((int)0xC0000005) => "crashed in native code (exit code 0xC0000005)",
        unchecked((int)0xC00000FD) => "ran out of stack (exit code 0xC00000FD)",
        _ => $"ended with exit code {exitCode}",
    };
}
