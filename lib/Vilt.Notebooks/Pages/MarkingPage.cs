using Vilt.Notebooks.Grading;
using static Vilt.Notebooks.Pages.GradePages;

namespace Vilt.Notebooks.Pages;

/// <summary>A page on which a teacher gives points for answers in words, question by question, looks at those given in place of a run's, and saves them as <c>manual.csv</c>.</summary>
internal static class MarkingPage
{
    /// <summary>The page's body; <c>marking.js</c> goes with it.</summary>
    public static string Body(IReadOnlyList<StudentGrade> grades, IReadOnlyDictionary<string, Question> questions, ManualPoints manual) => $"""
        <section class="markdown"><h1>Marking</h1>
        <p>Give points and a comment, save <code>manual.csv</code> into the folder of this page in place of the one that is there, and give the
        same <code>vilt grade</code> again: nothing is run a second time, and tables and pages have your points. The table can be filled in by hand as well.</p>
        <p><button id="save">Save manual.csv</button></p>
        {string.Concat(questions.Values.Select(question => Marks(question, grades, manual)))}</section>

        """;

    private static string Marks(Question question, IReadOnlyList<StudentGrade> grades, ManualPoints manual)
    {
        var answers = grades.SelectMany(grade => grade.Scores, (grade, score) => (grade.Student, Score: score))
            .Where(answer => answer.Score.Question == question.Name && (answer.Score.Points is null || manual.Of(answer.Student, question.Name) is not null))
            .ToList();
        if (answers.Count == 0)
        {
            return "";
        }

        var rubric = string.Concat(question.Model?.Rubric.Select(line => $"<li>{Text(line)}</li>") ?? []);
        return $"""
            <h2>{Text(question.Name)}</h2>
            <ul>{(rubric.Length > 0 ? rubric : $"<li>0 to {GradeTable.Number(question.Points)} points</li>")}</ul>
            {string.Concat(answers.Select(answer => Mark(answer.Student, answer.Score, question, manual)))}
            """;
    }

    private static string Mark(string student, Score score, Question question, ManualPoints manual)
    {
        var decided = manual.Of(student, score.Question);
        return $"""
            <h3>{Text(student)}</h3>
            {(question.Model is null ? "" : SideBySide(score, question.Model))}<p class="mark" data-student="{Text(student)}" data-question="{Text(question.Name)}">
            <label>Points <input type="number" min="0" max="{GradeTable.Number(question.Points)}" step="0.5" value="{GradeTable.Number(decided?.Points)}"></label>
            <label>Comment <textarea rows="2">{Text(decided?.Comment)}</textarea></label></p>

            """;
    }
}
