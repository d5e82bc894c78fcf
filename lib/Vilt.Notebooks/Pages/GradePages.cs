using System.Net;
using System.Text;
using Vilt.Data;
using Vilt.Notebooks.Grading;

namespace Vilt.Notebooks.Pages;

/// <summary>The grades as pages: one for the class, one to mark answers on, and one for each student. What students wrote stands in them as text.</summary>
/// <param name="folder">The folder of results.</param>
/// <param name="questions">The course's questions, by name.</param>
/// <param name="manual">What a person has decided.</param>
internal sealed class GradePages(string folder, IReadOnlyDictionary<string, Question> questions, ManualPoints manual)
{
    /// <summary>The page of the class.</summary>
    public const string Index = "index.html";

    private const string Marking = "marking.html";

    /// <summary>Writes all pages.</summary>
    public void Write(IReadOnlyList<StudentGrade> grades)
    {
        Save(Index, HtmlPage.Write("Grades", "", Class(grades), hasFigures: false));
        Save(Marking, HtmlPage.Write("Marking", "", MarkingPage.Body(grades, questions, manual), hasFigures: false, script: "marking.js"));
        foreach (var grade in grades)
        {
            Save(Path.Combine("students", grade.Student, Index), HtmlPage.Write(grade.Student, "", Student(grade), hasFigures: false));
        }
    }

    /// <summary>A text as HTML.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");

    private void Save(string name, string html) =>
        AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(Encoding.UTF8.GetBytes(html)));

    private string Class(IReadOnlyList<StudentGrade> grades)
    {
        var heads = questions.Values.Select(question => $"<th>{Text(question.Name.Replace("/", " / ", StringComparison.Ordinal))}</th>");
        var waiting = grades.Sum(grade => grade.Scores.Count(score => manual.Points(grade.Student, score) is null));
        return $"""
            <section class="markdown"><h1>Grades</h1>
            <p>{grades.Count} students. {(waiting > 0 ? $"{waiting} {(waiting == 1 ? "answer waits" : "answers wait")} for points: <a href=\"{Marking}\">mark them</a>." : $"All answers have points (<a href=\"{Marking}\">marking</a>).")}
            The same as a table: <a href="grades.csv">grades.csv</a>, <a href="grades.json">grades.json</a>.</p>
            <table><thead><tr><th>Student</th>{string.Concat(heads)}<th>Sum</th><th>Notes</th></tr></thead>
            <tbody>{string.Concat(grades.Select(ClassRow))}</tbody></table></section>

            """;
    }

    private string ClassRow(StudentGrade grade)
    {
        var points = grade.Scores.ToDictionary(score => score.Question, score => manual.Points(grade.Student, score));
        var cells = questions.Keys.Select(name => $"<td>{GradeTable.Number(points.GetValueOrDefault(name))}</td>");
        var notes = string.Join("<br>", grade.Notes.Select(Text));
        return $"<tr><td><a href=\"students/{Uri.EscapeDataString(grade.Student)}/{Index}\">{Text(grade.Student)}</a></td>"
            + $"{string.Concat(cells)}<td>{GradeTable.Number(points.Values.Sum())}</td><td class=\"notes\">{notes}</td></tr>\n";
    }

    private string Student(StudentGrade grade)
    {
        var waiting = grade.Scores.Any(score => manual.Points(grade.Student, score) is null);
        var sum = GradeTable.Number(grade.Scores.Sum(score => manual.Points(grade.Student, score) ?? 0));
        var runs = grade.Notebooks.Select(name => $"<li><a href=\"{Uri.EscapeDataString(name)}.html\">{Text(name)}</a></li>");
        return $"""
            <section class="markdown"><h1>{Text(grade.Student)}</h1>
            <p><b>{sum} of {GradeTable.Number(grade.Scores.Sum(score => score.Most))} points</b>{(waiting ? " so far: answers in words are still to be read" : "")}.</p>
            <table><thead><tr><th>Question</th><th>Points</th><th>Where</th><th>What</th></tr></thead>
            <tbody>{string.Concat(grade.Scores.Select(score => StudentRow(grade.Student, score)))}</tbody></table>
            {List("The notebooks, as they were run", runs)}
            {List("Remarks", grade.Notes.Select(note => $"<li>{Text(note)}</li>"))}
            {string.Concat(grade.Scores.Where(score => questions[score.Question].Model is not null).Select(score => Answer(grade.Student, score)))}</section>

            """;
    }

    private string StudentRow(string student, Score score)
    {
        var points = manual.Points(student, score) is { } number ? GradeTable.Number(number) : "–";
        var place = string.Join(", ", new[] { ("cell", score.Fault?.Cell), ("line", score.Fault?.Line) }.Where(at => at.Item2 is not null).Select(at => $"{at.Item1} {at.Item2}"));
        return $"<tr><td>{Text(score.Question)}</td><td>{points} of {GradeTable.Number(score.Most)}</td><td>{place}</td>"
            + $"<td class=\"said\">{Text(score.Fault?.Message)}</td></tr>\n";
    }

    private string Answer(string student, Score score)
    {
        var model = questions[score.Question].Model!;
        var decided = manual.Of(student, score.Question);
        return $"<h2>{Text(score.Question)}</h2>\n{SideBySide(score, model)}"
            + List("Rubric", model.Rubric.Select(line => $"<li>{Text(line)}</li>"))
            + (decided?.Comment is { Length: > 0 } comment ? $"<h3>Comment</h3><p class=\"said\">{Text(comment)}</p>\n" : "");
    }

    /// <summary>A student's answer beside the model's.</summary>
    public static string SideBySide(Score score, ModelAnswer model) => $"""
        <div class="beside"><div><h3>Answer</h3><p class="said">{Text(score.Answer ?? "It was not handed in.")}</p></div>
        <div><h3>Model answer</h3><p class="said">{Text(model.Text)}</p></div></div>

        """;

    private static string List(string title, IEnumerable<string> items) =>
        string.Concat(items) is { Length: > 0 } all ? $"<h3>{title}</h3>\n<ul>{all}</ul>\n" : "";
}
