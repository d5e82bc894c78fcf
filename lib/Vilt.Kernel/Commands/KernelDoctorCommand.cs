using System.CommandLine;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary><c>doctor</c>: checks what the kernel needs.</summary>
internal static class KernelDoctorCommand
{
    public static Command Create(string program, Func<IEnumerable<Check>> own)
    {
        var command = new Command("doctor", "Checks .NET, Jupyter, the installed kernel and VS Code, and says what to do.");
        command.SetAction(_ =>
        {
            IReadOnlyList<Check> checks = [.. own(), .. Doctor.Examine(program)];
            foreach (var check in checks)
            {
                Console.Out.WriteLine($"{(check.Advice is null ? "ok     " : "MISSING")} {check.Subject}: {check.Finding}");
                if (check.Advice is not null)
                {
                    Console.Out.WriteLine($"        {check.Advice}");
                }
            }

            return checks.Any(check => check.IsNeeded && check.Advice is not null) ? 1 : 0;
        });
        return command;
    }
}
