using System.Text.RegularExpressions;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Grading;

/// <summary>
/// A submission in which what students may not change is as they got it: locked cells that were changed, deleted or copied, and the
/// metadata that say what a cell is worth.
/// </summary>
/// <param name="Notebook">The notebook to run.</param>
/// <param name="Notes">What was restored, one line each.</param>
internal sealed partial record RestoredNotebook(Notebook Notebook, IReadOnlyList<string> Notes)
{
    /// <summary>Restores a submission.</summary>
    /// <param name="submitted">What the student has handed in.</param>
    /// <param name="course">The notebook it was made from.</param>
    /// <param name="path">Where it will be run.</param>
    public static RestoredNotebook Make(Notebook submitted, CourseNotebook course, string path)
    {
        var cells = new List<(NotebookCell Cell, NotebookCell? Original)>();
        var notes = new List<string>();
        var taken = submitted.Cells.Select(course.ById).OfType<NotebookCell>().ToHashSet();
        foreach (var cell in submitted.Cells)
        {
            var original = course.Original(cell);
            if (original is not null && course.ById(cell) is null && !taken.Add(original))
            {
                AddCopy(cells, notes, cell, original);
            }
            else
            {
                cells.Add((original is null ? Unmarked(cell) : Restored(cell, original, notes), original));
            }
        }

        AddMissing(cells, notes, course.Student);
        return new(course.Student.WithCells(path, cells.Select(cell => cell.Cell)), notes);
    }

    private static void AddCopy(
        List<(NotebookCell Cell, NotebookCell? Original)> cells, List<string> notes, NotebookCell copy, NotebookCell original)
    {
        var question = QuestionCell.Of(original)!;
        notes.Add($"There was a second cell {question.Id}: {(question.IsLocked ? "it is left out" : "it counts as a cell of the student's own")}.");
        if (!question.IsLocked)
        {
            cells.Add((Unmarked(copy), null));
        }
    }

    private static NotebookCell Restored(NotebookCell cell, NotebookCell original, List<string> notes)
    {
        if (QuestionCell.Of(original) is not { } question)
        {
            return IsSame(cell, original) ? original : Unmarked(cell);
        }

        if (IsSame(cell, original))
        {
            return original;
        }

        if (question.IsLocked)
        {
            notes.Add($"The locked cell {question.Id} was changed: the original is back.");
            return original;
        }

        var answer = original.Clone();
        answer.Source = cell.Source;
        return answer;
    }

    private static void AddMissing(List<(NotebookCell Cell, NotebookCell? Original)> cells, List<string> notes, Notebook student)
    {
        NotebookCell? before = null;
        foreach (var original in student.Cells)
        {
            if (cells.All(cell => cell.Original != original))
            {
                if (QuestionCell.Of(original) is not { } question)
                {
                    continue;
                }

                notes.Add($"The cell {question.Id} was deleted: the original is back.");
                cells.Insert(cells.FindIndex(cell => cell.Original == before && before is not null) + 1, (original, original));
            }

            before = original;
        }
    }

    /// <summary>Whether a cell is as it was handed out, wherever that copy lay: paths to the library may begin with other steps, or be whole.</summary>
    private static bool IsSame(NotebookCell cell, NotebookCell original) =>
        cell.IsCode == original.IsCode && cell.IsMarkdown == original.IsMarkdown
        && Steps().Replace(cell.Source, "") == Steps().Replace(HiddenTests.Remove(original.Source), "");

    /// <summary>A cell of the student's own, which can't be worth points.</summary>
    private static NotebookCell Unmarked(NotebookCell cell)
    {
        cell.Metadata.Remove("nbgrader");
        return cell;
    }

    [GeneratedRegex(@"(?<="")(?:[A-Za-z]:)?(?:/|\.\./)(?:[^""\n]*?/)??(?=(?:lib|assets)/)|(?:\.\./)+")]
    private static partial Regex Steps();
}
