using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Grading;

/// <summary>The notebooks of a submission, each with the one of the course that it was made from.</summary>
/// <param name="Notebooks">What was found.</param>
/// <param name="Notes">What can't be used, and why.</param>
internal sealed record HandedIn(IReadOnlyDictionary<CourseNotebook, Notebook> Notebooks, IReadOnlyList<string> Notes)
{
    private const long LargestNotebook = 64 << 20;

    /// <summary>Reads a submission. Notebooks are recognized by the ids of their cells, whatever the files are called.</summary>
    public static HandedIn Read(Submission submission, IReadOnlyList<CourseNotebook> course)
    {
        var notebooks = new Dictionary<CourseNotebook, Notebook>();
        var notes = new List<string>();
        foreach (var file in submission.Files.Where(file => file.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)).OrderBy(File.GetLastWriteTimeUtc))
        {
            try
            {
                Add(file, course, notebooks, notes);
            }
            catch (NotebookException exception)
            {
                notes.Add(exception.Message.Replace(file, Path.GetFileName(file), StringComparison.Ordinal));
            }
        }

        return new(notebooks, notes);
    }

    private static void Add(string file, IReadOnlyList<CourseNotebook> course, Dictionary<CourseNotebook, Notebook> notebooks, List<string> notes)
    {
        var name = Path.GetFileName(file);
        if (new FileInfo(file).Length > LargestNotebook)
        {
            notes.Add($"{name} is larger than {LargestNotebook >> 20} MiB and was not read.");
            return;
        }

        var notebook = Notebook.Read(file);
        var (match, common) = course.Select(made => (Made: made, Common: notebook.Cells.Count(cell => made.Original(cell) is not null))).MaxBy(pair => pair.Common);
        if (common == 0)
        {
            notes.Add($"{name} has no cell from the course's notebooks.");
            return;
        }

        if (notebooks.TryGetValue(match, out var older))
        {
            notes.Add($"There are two files for {match.Name}: the newer one, {name}, counts, and {older.Name} does not.");
        }

        notebooks[match] = notebook;
    }
}
