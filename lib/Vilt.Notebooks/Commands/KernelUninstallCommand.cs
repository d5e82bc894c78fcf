using System.CommandLine;
using Vilt.Notebooks.Installation;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt kernel uninstall</c>: removes a kernel spec that <c>install</c> wrote.</summary>
internal static class KernelUninstallCommand
{
    public static Command Create()
    {
        var command = new Command("uninstall", "Removes what install wrote, in the same place.");
        var location = new KernelLocation(command);
        command.SetAction(parsed => Uninstall(location.Folder(parsed)));
        return command;
    }

    private static int Uninstall(string folder)
    {
        if (KernelSpec.Read(folder) is not { IsOurs: true })
        {
            throw new InstallationException($"{folder} is not one of this program's kernels. See where they are: vilt kernel list");
        }

        Directory.Delete(folder, recursive: true);
        Console.Out.WriteLine($"Removed: {folder}");
        return ExitCode.Success;
    }
}
