using System.CommandLine;
using Vilt.Kernel.Installation;
using Vilt.Kernel.Magics;
using Vilt.Kernel.Migration;

namespace Vilt.Kernel.Commands;

/// <summary><c>check</c>: says which cells of .NET Interactive's notebooks would not run in this kernel.</summary>
internal static class KernelCheckCommand
{
    private static readonly string[] Extensions = [".ipynb", ".dib"];

    public static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A notebook (.ipynb or .dib), or a folder with notebooks at any depth." };
        var command = new Command(
            "check",
            "Reads notebooks written for .NET Interactive and says which cells would not run here. Nothing is run: it looks at languages, "
            + "magic commands, syntax and names.")
        {
            path,
        };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(path)));
        return command;
    }

    private static int Check(string path)
    {
        var files = FilesIn(path);
        int cells = 0, notebooks = 0, bad = 0;
        foreach (var file in files)
        {
            try
            {
                if (NotebookCheck.Check(file) is not { } found)
                {
                    continue;
                }

                notebooks++;
                cells += found.Cells;
                bad += found.Problems.Count;
                foreach (var problem in found.Problems)
                {
                    Console.Out.WriteLine($"{file}: cell {problem.Cell}, line {problem.Line}: {problem.Message}");
                }
            }
            catch (Exception exception) when (exception is MagicException or IOException or UnauthorizedAccessException)
            {
                notebooks++;
                bad++;
                Console.Out.WriteLine($"{file}: {exception.Message}");
            }
        }

        Console.Out.WriteLine($"{bad} of {cells} cells in {notebooks} .NET notebooks would not run here.");
        return bad == 0 ? 0 : 1;
    }

    private static IReadOnlyList<string> FilesIn(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new InstallationException($"There is no file or folder {path}.");
        }

        return [.. Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Where(file => Extensions.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
    }
}
