using System.Diagnostics;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Tells which cell ran when the process died. Stack overflow, an abort in native code and the system's own killing leave no time for
/// managed code, so a shell outlives the process and writes what it was told last. The runtime's own message stands above it.
/// </summary>
public static class DeathWatch
{
    private const string Shell = "/bin/sh";

    // Ctrl+C reaches the shell too. It ends when its input does, which is when the process ends, however that comes about.
    private const string Script =
        "trap '' INT TERM HUP; last=; while IFS= read -r line; do last=$line; done; [ -z \"$last\" ] || printf '%s\\n' \"$last\" >&2";

    private static StreamWriter? input;

    /// <summary>Begins, once in a process that runs cells. Where there is no shell, as on Windows, nothing is told.</summary>
    public static void Start()
    {
        if (input is not null || !File.Exists(Shell))
        {
            return;
        }

        var start = new ProcessStartInfo(Shell, ["-c", Script]) { RedirectStandardInput = true };
        input = Process.Start(start)!.StandardInput;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Note(null); // Nothing to tell of an end that was meant.
    }

    /// <summary>Notes the cell that runs, or that none does.</summary>
    internal static void Note(Cell? cell)
    {
        try
        {
            input?.WriteLine(cell is null
                ? ""
                : $"The process that runs cells ({Environment.ProcessId}) died while {cell.FileName} ran. "
                    + "If nothing above says why, the system may have ended it for want of memory.");
            input?.Flush();
        }
        catch (IOException)
        {
            // The shell was ended; cells run without it.
        }
    }
}
