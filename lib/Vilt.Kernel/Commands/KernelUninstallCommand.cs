using System.CommandLine;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary><c>uninstall</c>: removes what <c>install</c> wrote.</summary>
internal static class KernelUninstallCommand
{
    public static Command Create(string program)
    {
        var command = new Command("uninstall", "Removes what install wrote, in the same place.");
        var location = new KernelLocation(command);
        command.SetAction(parsed => Uninstall(location.Folder(parsed), program));
        return command;
    }

    private static int Uninstall(string folder, string program)
    {
        if (KernelSpec.Read(folder) is not { IsOurs: true })
        {
            throw new InstallationException($"{folder} is not one of this program's kernels. See where they are: {program} list");
        }

        Directory.Delete(folder, recursive: true);
        Console.Out.WriteLine($"Removed: {folder}");
        return 0;
    }
}
