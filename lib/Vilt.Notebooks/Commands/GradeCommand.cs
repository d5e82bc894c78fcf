using System.CommandLine;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt grade</c>: runs what students handed in, and writes tables and pages of their points.</summary>
internal static class GradeCommand
{
    public static readonly string[] Examples =
    [
        "vilt grade submissions --out graded                 folders or files of students, in the layout of Moodle or nbgrader",
        "vilt grade submissions.zip --out graded --jobs 4    the same in a zip, four students at a time",
    ];

    private const int DefaultTimeout = 300, LongestTimeout = 1_000_000;

    public static Command Create()
    {
        var submissions = new Argument<string>("SUBMISSIONS") { Description = "A folder or a zip file with a folder or files for each student." };
        var output = new Option<string>("--out") { Description = "Where tables and pages go.", HelpName = "DIR", Required = true };
        var source = new Option<string[]>("--source")
        {
            Description = "Notebooks with solutions, or folders of them, that the submissions were made from. Default: those of the series.",
            HelpName = "NOTEBOOK|FOLDER",
            AllowMultipleArgumentsPerToken = true,
        };
        var timeout = CountOption.WithDefault("--timeout", "The longest that one cell may take, in seconds; a notebook may take four times as long.", DefaultTimeout);
        var jobs = CountOption.Optional("--jobs", "How many students at a time. Default: as many as cores and memory allow; without a sandbox, one.");
        var noSandbox = new Option<bool>("--no-sandbox") { Description = "Run students' code as your own program, which can do everything that you can." };
        var command = new Command("grade", "Grades what students handed in. If stopped, the same command continues where it left off.")
        {
            submissions, output, source, timeout, jobs, noSandbox,
        };
        command.SetAction((parsed, cancellation) => GradeAsync(
            parsed.GetRequiredValue(submissions),
            Path.GetFullPath(parsed.GetRequiredValue(output)),
            Series.Find(parsed.GetValue(source) ?? []),
            TimeSpan.FromSeconds(Math.Min(parsed.GetValue(timeout), LongestTimeout)),
            parsed.GetValue(jobs),
            !parsed.GetValue(noSandbox),
            cancellation));
        return command;
    }

    private static async Task<int> GradeAsync(
        string submissions, string folder, IReadOnlyList<string> sources, TimeSpan timeout, int? jobs, bool hasSandbox, CancellationToken cancellation)
    {
        if (Problem(submissions, folder, jobs, hasSandbox) is { } problem)
        {
            Console.Error.WriteLine(problem);
            return ExitCode.WrongUse;
        }

        var course = sources.Select(path => CourseNotebook.Read(path, StudentRun.WorkFolder(folder, "student")))
            .Where(notebook => notebook.Questions.Count > 0)
            .ToList();
        var questions = course.SelectMany(notebook => notebook.Questions).ToDictionary(question => question.Name);
        var manualFile = Path.Combine(folder, "manual.csv");
        var manual = ManualPoints.Read(manualFile, questions);
        using var scratch = new ScratchFolder();
        var found = Submission.Find(submissions, [.. sources.Select(path => Path.GetFileNameWithoutExtension(path))], scratch.Path);
        var settings = StudentGrade.FingerprintOf(sources, $"{timeout} {hasSandbox}");
        var run = new ClassRun(course, folder, settings, new StudentRun(course, folder, timeout, hasSandbox));
        var grades = await run.GradeAsync(found, jobs ?? (hasSandbox ? ClassRun.Parallelism() : 1), cancellation);

        StudentRun.DeleteWork(folder);
        manual.Write(manualFile, grades);
        GradeTable.Write(folder, grades, manual);
        new GradePages(folder, questions, manual).Write(grades);
        Console.Out.WriteLine($"{grades.Count} students graded; see {Path.Combine(folder, GradePages.Index)}");
        return ExitCode.Success;
    }

    private static string? Problem(string submissions, string folder, int? jobs, bool hasSandbox)
    {
        if (!Path.Exists(submissions))
        {
            return $"There is no {submissions}: expected a folder or a zip file of submissions.";
        }

        if ((folder + Path.DirectorySeparatorChar).StartsWith(Path.GetFullPath(submissions) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return $"--out {folder} is in {submissions}, and would be taken for a student's: choose another folder.";
        }

        return !hasSandbox ? jobs > 1 ? "Without a sandbox, students are graded one at a time: leave out --jobs." : null
            : Sandbox.Problem() is { } missing ? $"{missing} --no-sandbox grades without one: students' code can then do everything that you can." : null;
    }
}
