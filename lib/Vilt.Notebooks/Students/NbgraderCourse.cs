using System.Text;
using System.Text.Json;
using Vilt.Data;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Students;

/// <summary>
/// A course's folder as nbgrader wants it: notebooks with their solutions in <c>source/vilt</c>, and settings that know C#. What nbgrader makes
/// of them lies in folders of other depths, so the library is named by its full path.
/// </summary>
internal static class NbgraderCourse
{
    /// <summary>nbgrader's name for the series.</summary>
    public const string Assignment = "vilt";

    private const string Settings = "nbgrader_config.py";

    /// <summary>Makes the notebooks; nothing is written yet.</summary>
    /// <param name="paths">The notebooks with their solutions.</param>
    /// <param name="folder">The course's folder.</param>
    /// <exception cref="NotebookException">A notebook can't be used.</exception>
    public static IReadOnlyList<Notebook> Make(IEnumerable<string> paths, string folder) => [.. paths.Select(path => Make(path, folder))];

    /// <summary>Writes the course.</summary>
    /// <returns>The files.</returns>
    public static IEnumerable<string> Write(IReadOnlyList<Notebook> notebooks, string folder)
    {
        foreach (var notebook in notebooks)
        {
            var target = Path.Combine(SourceFolder(folder), notebook.Name);
            notebook.Write(target);
            yield return target;
        }

        var settings = Path.Combine(folder, Settings);
        AtomicFile.Write(settings, stream => stream.Write(Encoding.UTF8.GetBytes(SettingsText())));
        yield return settings;
    }

    private static string SourceFolder(string folder) => Path.GetFullPath(Path.Combine(folder, "source", Assignment));

    private static Notebook Make(string path, string folder)
    {
        var notebook = Notebook.Read(path);
        var (whole, moved) = (new RelativePaths(notebook.Folder, to: null), new RelativePaths(notebook.Folder, SourceFolder(folder)));
        foreach (var cell in notebook.Cells)
        {
            cell.Clear();
            cell.Metadata.Remove(ModelAnswer.RubricField); // It would reach the students.
            cell.Source = cell.IsCode ? whole.ChangeInCode(cell.Source) : cell.IsMarkdown ? moved.ChangeInMarkdown(cell.Source) : cell.Source;
        }

        HostMetadata.Complete(notebook);
        return notebook;
    }

    /// <summary>The settings; a text in JSON is one in Python.</summary>
    private static string SettingsText()
    {
        using var reader = new StreamReader(typeof(NbgraderCourse).Assembly.GetManifestResourceStream(typeof(NbgraderCourse), Settings)!);
        return reader.ReadToEnd()
            .Replace("CODE_STUB", JsonSerializer.Serialize(SolutionMarks.CodeStub), StringComparison.Ordinal)
            .Replace("TEXT_STUB", JsonSerializer.Serialize(SolutionMarks.TextStub), StringComparison.Ordinal);
    }
}
