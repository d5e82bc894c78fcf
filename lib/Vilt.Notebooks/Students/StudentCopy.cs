using Vilt.Notebooks.Files;
using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Students;

/// <summary>A notebook as a student gets it: solutions replaced by TODOs, no outputs, and paths that work from the copy's folder.</summary>
internal static class StudentCopy
{
    /// <summary>Makes the copy; nothing is written yet.</summary>
    /// <param name="path">The notebook with its solutions.</param>
    /// <param name="folder">Where the copy will lie.</param>
    /// <param name="hasHiddenTests">Whether tests that students don't see stay in it, for grading.</param>
    /// <exception cref="NotebookException">The notebook can't be used, or its marks don't fit together.</exception>
    public static Notebook Make(string path, string folder, bool hasHiddenTests = false)
    {
        var notebook = Notebook.Read(path);
        var paths = new RelativePaths(notebook.Folder, Path.GetFullPath(folder));
        foreach (var cell in notebook.Cells)
        {
            cell.Clear();
            cell.Metadata.Remove(ModelAnswer.RubricField);
            try
            {
                cell.Source = cell.IsCode ? paths.ChangeInCode(SolutionMarks.ReplaceInCode(hasHiddenTests ? cell.Source : HiddenTests.Remove(cell.Source)))
                    : cell.IsMarkdown ? paths.ChangeInMarkdown(SolutionMarks.ReplaceInMarkdown(cell.Source))
                    : cell.Source;
            }
            catch (SolutionMarkException exception)
            {
                throw new NotebookException(notebook.Path, $"has a bad mark in cell {cell.Position} of {notebook.Cells.Count}, line {exception.Line}: {exception.Message}");
            }
        }

        HostMetadata.Complete(notebook);
        return notebook;
    }
}
