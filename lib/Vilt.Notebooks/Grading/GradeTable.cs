using System.Globalization;

namespace Vilt.Notebooks.Grading;

/// <summary>The grades as a table, a row for each student and question.</summary>
internal static class GradeTable
{
    private static readonly string[] Header = ["student", "notebook", "question", "points", "most", "by", "cell", "line", "message", "comment"];

    /// <summary>A number as people write it; empty if there is none.</summary>
    public static string Number(double? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    /// <summary>Writes <c>grades.csv</c> and <c>grades.json</c> into a folder.</summary>
    public static void Write(string folder, IReadOnlyList<StudentGrade> grades, ManualPoints manual)
    {
        var rows = grades.SelectMany(grade => grade.Scores.Select(score => Row(grade.Student, score, manual))).ToList();
        Csv.Write(Path.Combine(folder, "grades.csv"), rows.Prepend(Header));
        StudentGrade.Write(Path.Combine(folder, "grades.json"), grades.Select(grade => new
        {
            grade.Student,
            grade.Notes,
            Questions = grade.Scores.Select(score => new
            {
                score.Question,
                Points = manual.Points(grade.Student, score),
                score.Most,
                score.Fault,
                score.Answer,
                manual.Of(grade.Student, score.Question)?.Comment,
            }),
        }));
    }

    private static string[] Row(string student, Score score, ManualPoints manual)
    {
        var name = score.Question.Split('/', 2);
        var decided = manual.Of(student, score.Question);
        return
        [
            student, name[0], name[1], Number(manual.Points(student, score)), Number(score.Most),
            decided?.Points is not null ? "hand" : score.Points is not null ? "run" : "",
            $"{score.Fault?.Cell}", $"{score.Fault?.Line}", score.Fault?.Message ?? "", decided?.Comment ?? "",
        ];
    }
}
