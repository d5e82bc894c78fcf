using System.CommandLine;
using System.Reflection;
using Vilt.Data;
using Vilt.Notebooks.Running;
using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt student</c>: writes students' copies of notebooks.</summary>
internal static class StudentCommand
{
    public static readonly string[] Examples =
    [
        "vilt student --out class                                                          the whole series",
        "vilt student notebooks/solutions/05-explain-the-answers.ipynb --out class        one notebook",
        "vilt student --nbgrader --out course                                             what nbgrader starts from",
    ];

    public static Command Create()
    {
        var notebooks = NotebooksArgument.Create(
            "Notebooks with solutions between // BEGIN SOLUTION and // END SOLUTION, in Markdown <!-- BEGIN SOLUTION -->. "
            + "Default: the series in notebooks/solutions.",
            ArgumentArity.ZeroOrMore);
        var output = new Option<string>("--out") { Description = "Where the copies go.", HelpName = "DIR", Required = true };
        var nbgrader = new Option<bool>("--nbgrader")
        {
            Description = "Write a course's folder for nbgrader instead: source/vilt, with the solutions, and nbgrader_config.py.",
        };
        var command = new Command("student", "Writes students' copies: solutions replaced by TODOs, outputs removed.") { notebooks, output, nbgrader };
        command.SetAction(parsed =>
        {
            var (paths, folder) = (Series.Find(parsed.GetValue(notebooks)!), parsed.GetRequiredValue(output));
            return parsed.GetValue(nbgrader) ? WriteNbgrader(paths, folder) : Write(paths, folder);
        });
        return command;
    }

    private static int WriteNbgrader(IReadOnlyList<string> paths, string folder)
    {
        foreach (var file in NbgraderCourse.Write(NbgraderCourse.Make(paths, folder), folder))
        {
            Console.Out.WriteLine(file);
        }

        Console.Out.WriteLine($"Next, in {Path.GetFullPath(folder)}: nbgrader generate_assignment {NbgraderCourse.Assignment}");
        return ExitCode.Success;
    }

    private static int Write(IReadOnlyList<string> paths, string folder)
    {
        if (NotebooksArgument.ProblemWithOutput(paths, folder) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.WrongUse;
        }

        // All are made before any is written, so that a bad mark leaves no half series.
        foreach (var copy in paths.Select(path => StudentCopy.Make(path, folder)).ToList())
        {
            var target = Path.Combine(folder, copy.Name);
            copy.Write(target);
            Console.Out.WriteLine(target);
        }

        WriteSettings(folder);
        return ExitCode.Success;
    }

    /// <summary>The settings and recommended extensions of VS Code, which hold for the folder that is opened; what is there stays.</summary>
    private static void WriteSettings(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(".vscode/", StringComparison.Ordinal)))
        {
            var target = Path.Combine(folder, name);
            if (!File.Exists(target))
            {
                using var content = assembly.GetManifestResourceStream(name)!;
                AtomicFile.Write(target, content.CopyTo);
            }
        }
    }
}
