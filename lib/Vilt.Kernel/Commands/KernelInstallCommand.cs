using System.CommandLine;
using Vilt.Kernel.Installation;

namespace Vilt.Kernel.Commands;

/// <summary><c>install</c>: copies the kernel to where Jupyter looks, with the spec from which front ends start it.</summary>
internal static class KernelInstallCommand
{
    public static Command Create(string? libraries)
    {
        var command = new Command("install", "Copies the kernel to where Jupyter and VS Code look for kernels. To run, it needs only .NET.");
        var location = new KernelLocation(command);
        var code = new Option<bool>("--vscode")
        {
            Description = "Also turns on C# completions in the user's VS Code settings; its Jupyter extension asks for none otherwise.",
        };
        command.Add(code);
        command.SetAction(parsed => Install(location.Folder(parsed), parsed.GetValue(code), libraries));
        return command;
    }

    private static int Install(string folder, bool forCode, string? libraries)
    {
        if (Directory.Exists(folder) && KernelSpec.Read(folder) is not { IsOurs: true })
        {
            var name = Path.GetFileName(folder);
            throw new InstallationException(
                $"{folder} is another program's kernel, and stays. Take another name by --name, or remove it first: jupyter kernelspec remove {name}");
        }

        KernelSpec.Write(folder, KernelProgram.CopyTo(folder), libraries);
        KernelProgram.RemoveOthers(folder);
        Console.Out.WriteLine($"Installed: {folder}");
        if (forCode)
        {
            var settings = VisualStudioCodeSettings.Read();
            settings.AddTriggers();
            Console.Out.WriteLine($"C# completions are on: {settings.File}");
        }
        else if (VisualStudioCode.Extensions().Count > 0)
        {
            Console.Out.WriteLine("For completions in VS Code, run install once more with --vscode: it adds a line to your settings there.");
        }

        return 0;
    }
}
