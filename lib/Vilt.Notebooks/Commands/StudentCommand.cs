using System.CommandLine;
using System.Reflection;
using Vilt.Data;
using Vilt.Notebooks.Files;
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
        var force = new Option<bool>("--force")
        {
            Description = "Overwrite notebooks that differ from these copies, with whatever a student has done in them.",
        };
        var nbgrader = new Option<bool>("--nbgrader")
        {
            Description = "Write a course's folder for nbgrader instead: source/vilt, with the solutions, and nbgrader_config.py.",
        };
        var command = new Command("student", "Writes students' copies: solutions replaced by TODOs, outputs removed.")
        {
            notebooks, output, force, nbgrader,
        };
        command.SetAction(parsed =>
        {
            var (named, folder) = (parsed.GetValue(notebooks)!, parsed.GetRequiredValue(output));
            return parsed.GetValue(nbgrader) ? WriteNbgrader(Series.Find(named), folder) : Write(named, folder, parsed.GetValue(force));
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

    private static int Write(string[] named, string folder, bool force)
    {
        var sources = Series.Find(named, except: folder);
        var targets = NotebooksArgument.Targets(named, sources, folder);
        // All are made before any is written, so that a bad mark leaves no half series.
        var problem = NotebooksArgument.ProblemWithOutput(sources, targets);
        var copies = problem is null ? sources.Zip(targets, (source, target) => (Path: target, Notebook: StudentCopy.Make(source, Path.GetDirectoryName(target)!))).ToList() : [];
        problem ??= force ? null : ProblemWithWork(copies);
        if (problem is not null)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.WrongUse;
        }

        foreach (var (path, notebook) in copies)
        {
            notebook.Write(path);
            Console.Out.WriteLine(Path.GetRelativePath(Environment.CurrentDirectory, path));
        }

        WriteSettings(folder);
        return ExitCode.Success;
    }

    /// <summary>Says which notebooks are there already and would lose what was done in them; or null.</summary>
    private static string? ProblemWithWork(IReadOnlyList<(string Path, Notebook Notebook)> copies)
    {
        var changed = copies.Where(copy => File.Exists(copy.Path) && !copy.Notebook.IsWrittenIn(copy.Path)).Select(copy => copy.Path).ToList();
        return changed.Count == 0 ? null
            : $"{changed[0]}{(changed.Count == 1 ? " is" : $" and {changed.Count - 1} more are")} there already, and not as this copy: a student's work may be in it. "
                + "Name another folder, or write over it by --force.";
    }

    /// <summary>The settings and recommended extensions of VS Code, which hold for the folder that is opened; what is there, or above, stays.</summary>
    private static void WriteSettings(string folder)
    {
        for (var above = new DirectoryInfo(Path.GetFullPath(folder)).Parent; above is not null; above = above.Parent)
        {
            if (Directory.Exists(Path.Combine(above.FullName, ".vscode")))
            {
                return;
            }
        }

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
