using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Grading;

/// <summary>A question of the course.</summary>
/// <param name="Name">The notebook and nbgrader's id, its name in tables.</param>
/// <param name="Cell">Its cell in the students' notebook.</param>
/// <param name="Points">The most points it gives.</param>
/// <param name="Model">The model answer, if a person gives the points.</param>
internal sealed record Question(string Name, NotebookCell Cell, double Points, ModelAnswer? Model);

/// <summary>What a person compares an answer with.</summary>
/// <param name="Text">The teacher's own answer.</param>
/// <param name="Rubric">What gives points, one line each: the list <c>rubric</c> in the metadata of the teacher's cell.</param>
internal sealed partial record ModelAnswer(string Text, IReadOnlyList<string> Rubric)
{
    /// <summary>Reads it from the teacher's cell: what is between the marks of a solution, or all of it.</summary>
    public static ModelAnswer Of(NotebookCell cell)
    {
        var marked = Solution().Match(cell.Source);
        var rubric = cell.Metadata[RubricField] as JsonArray ?? [];
        return new(marked.Success ? marked.Groups["text"].Value : cell.Source, [.. rubric.Select(line => $"{line}")]);
    }

    /// <summary>The field of the metadata that students don't get.</summary>
    public const string RubricField = "rubric";

    [GeneratedRegex(@"BEGIN SOLUTION[^\n]*\n(?<text>.*?)\n[^\n]*END SOLUTION", RegexOptions.Singleline)]
    private static partial Regex Solution();
}

/// <summary>A notebook of the course: as the teacher has it, with solutions, and as students get it.</summary>
internal sealed class CourseNotebook
{
    private readonly Dictionary<string, NotebookCell> byId;
    private readonly Dictionary<string, NotebookCell> byQuestion;

    private CourseNotebook(Notebook student, IReadOnlyList<Question> questions)
    {
        (Student, Questions) = (student, questions);
        byId = student.Cells.ToDictionary(cell => cell.Id);
        byQuestion = student.Cells.Where(cell => QuestionCell.Of(cell) is not null)
            .GroupBy(cell => QuestionCell.Of(cell)!.Id)
            .ToDictionary(group => group.Key, group => group.First());
    }

    /// <summary>The notebook as students get it, but with the tests that they don't see.</summary>
    public Notebook Student { get; }

    /// <summary>Whether something in it must be run to be graded.</summary>
    public bool HasTests => Questions.Any(question => question.Model is null);

    /// <summary>Its name, without an extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Student.Name);

    /// <summary>Its questions, in order.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Reads a notebook with its solutions.</summary>
    /// <param name="path">The teacher's notebook.</param>
    /// <param name="folder">Where students' copies will be run.</param>
    /// <exception cref="NotebookException">It can't be used.</exception>
    public static CourseNotebook Read(string path, string folder)
    {
        var teacher = Notebook.Read(path).Cells.ToDictionary(cell => cell.Id);
        var student = StudentCopy.Make(path, folder, hasHiddenTests: true);
        var name = Path.GetFileNameWithoutExtension(path);
        var questions = student.Cells.Where(cell => QuestionCell.Of(cell) is { IsGraded: true }).Select(cell =>
        {
            var question = QuestionCell.Of(cell)!;
            var model = question.IsAnswer || !cell.IsCode ? ModelAnswer.Of(teacher[cell.Id]) : null;
            return new Question($"{name}/{question.Id}", cell, question.Points, model);
        });
        return new(student, [.. questions]);
    }

    /// <summary>The cell of the students' notebook that has a submitted one's id; null for none.</summary>
    public NotebookCell? ById(NotebookCell submitted) => byId.GetValueOrDefault(submitted.Id);

    /// <summary>The cell that a submitted one is, was, or is a copy of; null for one that the student has added.</summary>
    public NotebookCell? Original(NotebookCell submitted) =>
        ById(submitted) ?? (QuestionCell.Of(submitted) is { } question ? byQuestion.GetValueOrDefault(question.Id) : null);
}
