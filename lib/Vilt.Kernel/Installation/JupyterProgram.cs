using System.ComponentModel;
using System.Diagnostics;

namespace Vilt.Kernel.Installation;

/// <summary>The Jupyter that a shell would start here.</summary>
internal static class JupyterProgram
{
    /// <summary>The path of <c>jupyter</c>, or null.</summary>
    public static string? Find() => OnPath("jupyter");

    /// <summary>Its Python's <c>sys.prefix</c>: the environment that its own kernels belong to. Null where there is no Jupyter or Python.</summary>
    public static string? Prefix()
    {
        if (Find() is not { } jupyter)
        {
            return null;
        }

        var beside = Path.GetDirectoryName(jupyter)!;
        string[] folders = OperatingSystem.IsWindows() ? [beside, Path.GetDirectoryName(beside) ?? beside] : [beside];
        var python = folders.SelectMany(folder => new[] { In(folder, "python3"), In(folder, "python") }).FirstOrDefault(path => path is not null)
            ?? OnPath("python3") ?? OnPath("python");
        return python is null ? null : Ask(python);
    }

    private static string? Ask(string python)
    {
        try
        {
            var start = new ProcessStartInfo(python, ["-c", "import sys; print(sys.prefix)"]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && answer.Length > 0 ? answer : null;
        }
        catch (Win32Exception)
        {
            return null; // A file of that name that is not a program.
        }
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => In(folder, program)).FirstOrDefault(path => path is not null);

    private static string? In(string folder, string program)
    {
        var path = Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
        return File.Exists(path) ? path : null;
    }
}
