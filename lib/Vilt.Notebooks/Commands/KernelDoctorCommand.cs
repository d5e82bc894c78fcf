using System.CommandLine;
using Vilt.Notebooks.Installation;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt kernel doctor</c>: checks what the kernel needs.</summary>
internal static class KernelDoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Checks .NET, libraries, Jupyter, the kernel spec and VS Code, and says what to do.");
        command.SetAction(_ =>
        {
            var checks = Doctor.Examine(AppContext.BaseDirectory);
            foreach (var check in checks)
            {
                Console.Out.WriteLine($"{(check.Advice is null ? "ok     " : "MISSING")} {check.Subject}: {check.Finding}");
                if (check.Advice is not null)
                {
                    Console.Out.WriteLine($"        {check.Advice}");
                }
            }

            return checks.Any(check => check.IsNeeded && check.Advice is not null) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }
}
