using System.CommandLine;
using Vilt.Kernel.Installation;
using Vilt.Kernel.Supervision;

namespace Vilt.Kernel.Commands;

/// <summary><c>run</c>: what front ends start. Watches over the process that <see cref="KernelServeCommand"/> is.</summary>
internal static class KernelRunCommand
{
    public const string Name = "run";

    public static Command Create()
    {
        var file = new Argument<string>("CONNECTION_FILE") { Description = "The file in which a front end says where to listen." };
        var command = new Command(Name, "Runs a kernel. Front ends do this, from the kernel spec that `install` writes.") { file };
        command.SetAction(async (parsed, _) =>
        {
            using var supervisor = new KernelSupervisor(
                parsed.GetRequiredValue(file), reports => OwnProgram.CellsCommand(KernelServeCommand.Name, parsed.GetRequiredValue(file), reports));
            using var use = KernelProgram.Use();
            Environment.Exit(await supervisor.RunAsync()); // At once, without waiting for the standard error of a process that a cell left.
            return 0;
        });
        return command;
    }
}
