using System.CommandLine;
using Vilt.Kernel.Supervision;

namespace Vilt.Kernel.Commands;

/// <summary>The command with which <see cref="KernelRunCommand"/> starts this program again.</summary>
internal static class KernelServeCommand
{
    public const string Name = "serve";

    public static Command Create()
    {
        var file = new Argument<string>("CONNECTION_FILE");
        var reports = new Argument<string>("PIPE");
        var command = new Command(Name, "Serves a front end and reports to its supervisor.") { file, reports };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await SupervisedKernel.RunAsync(parsed.GetRequiredValue(file), parsed.GetRequiredValue(reports));
            Environment.Exit(0); // A thread that a cell left running must not keep the process alive.
            return 0;
        });
        return command;
    }
}
