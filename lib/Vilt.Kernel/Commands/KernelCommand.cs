using System.CommandLine;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary>The commands that make the kernel known to Jupyter, for any program that contains it.</summary>
public static class KernelCommand
{
    /// <summary>Makes <c>install</c>, <c>uninstall</c>, <c>list</c>, <c>doctor</c> and <c>check</c>.</summary>
    /// <param name="program">What is typed before them: <c>csharp-kernel</c>.</param>
    /// <param name="own">What the doctor checks besides the kernel's own needs.</param>
    /// <param name="libraries">A folder in which <c>#r</c> looks for files that are not where a notebook says; null for none.</param>
    public static IEnumerable<Command> Create(string program, Func<IEnumerable<Check>> own, string? libraries = null) =>
    [
        KernelInstallCommand.Create(libraries), KernelUninstallCommand.Create(program), KernelListCommand.Create(), KernelDoctorCommand.Create(program, own),
        KernelCheckCommand.Create(),
    ];

    /// <summary>Makes <c>run</c>, which front ends start, and the command that it starts in turn.</summary>
    internal static IEnumerable<Command> CreateRunning() => [KernelRunCommand.Create(), KernelServeCommand.Create()];
}
