using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Grading;

/// <summary>What one student has handed in.</summary>
/// <param name="Student">The name, as the folder or file has it.</param>
/// <param name="Files">The files' full paths, in order.</param>
internal sealed partial record Submission(string Student, IReadOnlyList<string> Files)
{
    /// <summary>
    /// Finds submissions: a folder a student, or files of students whose names begin or end with theirs, as they come out of Moodle
    /// (<c>NAME_123_assignsubmission_file_</c>), of nbgrader or a zip. Zips in it are opened.
    /// </summary>
    /// <param name="path">A folder or a zip.</param>
    /// <param name="notebooks">The names of the course's notebooks, without an extension, which are no part of a student's name.</param>
    /// <param name="scratch">An empty folder to open zips in.</param>
    /// <exception cref="InvalidDataException">A zip is damaged, or holds too much.</exception>
    public static IReadOnlyList<Submission> Find(string path, IReadOnlyCollection<string> notebooks, string scratch)
    {
        var folder = Path.GetFullPath(File.Exists(path) ? SubmissionZip.Open(path, scratch) : path);
        while (Directory.GetFiles(folder).Length == 0 && Directory.GetDirectories(folder) is [var only] && Directory.GetDirectories(only).Length > 1)
        {
            folder = only; // What a zip puts around all that is in it.
        }

        var ofFolders = Directory.GetDirectories(folder).Where(student => !IsNoise(student))
            .Select(student => (Student: StudentOf(Path.GetFileName(student), []), Files: FilesIn(student, scratch)));
        var ofFiles = Directory.GetFiles(folder).Where(file => !IsNoise(file))
            .Select(file => (Student: StudentOf(Path.GetFileNameWithoutExtension(file), notebooks), Files: Opened(file, scratch)));
        return [.. ofFolders.Concat(ofFiles)
            .GroupBy(found => found.Student, found => found.Files)
            .Select(group => new Submission(group.Key, [.. group.SelectMany(files => files).Order(StringComparer.Ordinal)]))
            .Where(submission => submission.Files.Count > 0)
            .OrderBy(submission => submission.Student, StringComparer.OrdinalIgnoreCase)];
    }

    private static string StudentOf(string name, IReadOnlyCollection<string> notebooks)
    {
        var student = Moodle().Replace(name, "");
        foreach (var notebook in notebooks)
        {
            if (student.EndsWith(notebook, StringComparison.OrdinalIgnoreCase) && student.Length > notebook.Length)
            {
                student = student[..^notebook.Length];
            }
            else if (student.StartsWith(notebook, StringComparison.OrdinalIgnoreCase) && student.Length > notebook.Length)
            {
                student = student[notebook.Length..];
            }
        }

        return student.Trim(' ', '_', '-', '.') is { Length: > 0 } trimmed ? trimmed : name;
    }

    private static IEnumerable<string> FilesIn(string folder, string scratch)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(folder, "*", options).Where(file => !IsNoise(Path.GetRelativePath(folder, file))).SelectMany(file => Opened(file, scratch));
    }

    private static IEnumerable<string> Opened(string file, string scratch) =>
        Path.GetExtension(file).Equals(".zip", StringComparison.OrdinalIgnoreCase)
            ? Directory.EnumerateFiles(SubmissionZip.Open(file, scratch), "*", SearchOption.AllDirectories)
            : [file];

    /// <summary>What hosts and systems leave beside notebooks.</summary>
    private static bool IsNoise(string path) =>
        path.Split(Path.DirectorySeparatorChar).Any(part => part is ".ipynb_checkpoints" or "__MACOSX" or ".DS_Store" || part.StartsWith("._", StringComparison.Ordinal));

    [GeneratedRegex("_[0-9]+_assignsubmission_[a-z]+_?.*$")]
    private static partial Regex Moodle();
}
