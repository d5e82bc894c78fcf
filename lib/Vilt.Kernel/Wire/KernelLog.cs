namespace Vilt.Kernel.Wire;

/// <summary>The process's standard error, which Jupyter keeps as the kernel's log. A cell's own standard error goes to its output instead.</summary>
internal static class KernelLog
{
    private static readonly TextWriter Target =
        TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });

    public static void Write(string message) => Target.WriteLine($"[kernel] {message}");
}
