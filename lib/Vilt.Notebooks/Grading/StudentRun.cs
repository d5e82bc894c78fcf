using Vilt.Notebooks.Files;
using Vilt.Notebooks.Running;

namespace Vilt.Notebooks.Grading;

/// <summary>Grades one student's work.</summary>
/// <param name="course">The course's notebooks.</param>
/// <param name="folder">The folder that all results go to.</param>
/// <param name="timeout">The longest that a cell may take.</param>
/// <param name="hasSandbox">Whether each notebook runs in a <see cref="Sandbox"/>.</param>
internal sealed class StudentRun(IReadOnlyList<CourseNotebook> course, string folder, TimeSpan timeout, bool hasSandbox)
{
    private const int NotebookTimeouts = 4; // the time a notebook may take, in cells that take the longest allowed
    private const long LargestOthers = 100 << 20;

    /// <summary>Where a student's notebooks are run.</summary>
    public static string WorkFolder(string folder, string student) => Path.Combine(folder, "work", student);

    /// <summary>Deletes what is left of where students' notebooks were run.</summary>
    public static void DeleteWork(string folder) => Delete(Path.Combine(folder, "work"));

    /// <summary>Where a student's results go.</summary>
    public static string ResultFolder(string folder, string student) => Path.Combine(folder, "students", student);

    /// <summary>Runs what was handed in and scores it.</summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public async Task<StudentGrade> GradeAsync(Submission submission, string fingerprint, CancellationToken cancellation)
    {
        var handedIn = HandedIn.Read(submission, course);
        var notes = handedIn.Notes.ToList();
        var scores = new List<Score>();
        foreach (var notebook in course)
        {
            if (!handedIn.Notebooks.TryGetValue(notebook, out var submitted))
            {
                scores.AddRange(Score.None(notebook, "It was not handed in."));
                continue;
            }

            var work = WorkFolder(folder, submission.Student);
            try
            {
                var restored = RestoredNotebook.Make(submitted, notebook, Path.Combine(work, notebook.Student.Name));
                notes.AddRange(restored.Notes.Select(note => $"{notebook.Name}: {note}"));
                scores.AddRange(await RunAsync(notebook, restored.Notebook, CopyOthers(submission, submitted, work), cancellation));
            }
            finally
            {
                Delete(work);
            }
        }

        return new(submission.Student, fingerprint, scores, notes, [.. course.Where(handedIn.Notebooks.ContainsKey).Select(notebook => notebook.Name)]);
    }

    private async Task<IReadOnlyList<Score>> RunAsync(
        CourseNotebook made, Notebook notebook, IReadOnlyList<string> others, CancellationToken cancellation)
    {
        string? end = null;
        if (made.HasTests)
        {
            notebook.Write(notebook.Path);
            var sandbox = hasSandbox ? new Sandbox(others) : null;
            using var run = new NotebookRun(notebook, new RunOptions(AllowErrors: true, timeout, sandbox), new SilentProgress());
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(timeout * NotebookTimeouts);
            try
            {
                end = (await run.RunAsync(limit.Token))?.Replace($"{notebook.Path}: ", "", StringComparison.Ordinal);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                end = $"The notebook took longer than {timeout.TotalSeconds * NotebookTimeouts} s and was stopped.";
            }
        }

        var executed = Path.Combine(ResultFolder(folder, Path.GetFileName(notebook.Folder)), notebook.Name);
        notebook.Write(executed);
        await PageProcess.WriteAsync(executed, Path.GetDirectoryName(executed)!, Path.ChangeExtension(executed, ".html"));
        return Score.Of(notebook, made, end);
    }

    /// <summary>Puts the files handed in with a notebook into the folder in which it runs.</summary>
    private static List<string> CopyOthers(Submission submission, Notebook submitted, string work)
    {
        var (room, copies) = (LargestOthers, new List<string>());
        foreach (var file in submission.Files.Where(file => !file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)))
        {
            var relative = Path.GetRelativePath(submitted.Folder, file);
            room -= new FileInfo(file).Length;
            if (room > 0 && !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative))
            {
                var copy = Path.Combine(work, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy, overwrite: true);
                copies.Add(copy);
            }
        }

        return copies;
    }

    private static void Delete(string work)
    {
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
