using System.CommandLine;
using Vilt.Notebooks.Installation;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt kernel install</c>: writes the kernel spec by which front ends start this program.</summary>
internal static class KernelInstallCommand
{
    public static Command Create()
    {
        var command = new Command("install", "Tells Jupyter and VS Code of the kernel. It runs this very build, so keep the folder where it is.");
        var location = new KernelLocation(command);
        command.SetAction(parsed => Install(location.Folder(parsed)));
        return command;
    }

    private static int Install(string folder)
    {
        if (Directory.Exists(folder) && KernelSpec.Read(folder) is not { IsOurs: true })
        {
            var name = Path.GetFileName(folder);
            throw new InstallationException(
                $"{folder} is another program's kernel, and stays. Take another name by --name, or remove it first: jupyter kernelspec remove {name}");
        }

        KernelSpec.Write(folder);
        Console.Out.WriteLine($"Installed: {folder}");
        return ExitCode.Success;
    }
}
