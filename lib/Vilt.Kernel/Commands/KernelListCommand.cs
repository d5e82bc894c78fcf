using System.CommandLine;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary><c>list</c>: shows the kernels that Jupyter finds.</summary>
internal static class KernelListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "Shows the kernels that Jupyter finds here; a * marks this program's.");
        command.SetAction(_ =>
        {
            foreach (var spec in KernelSpec.FindAll(JupyterFolders.All(JupyterProgram.Prefix())))
            {
                var missing = spec.MissingFile is { } file ? $" — cannot start: {file} is missing" : "";
                Console.Out.WriteLine($"{(spec.IsOurs ? '*' : ' ')} {spec.Name,-20} {spec.Folder}{missing}");
            }

            return 0;
        });
        return command;
    }
}
