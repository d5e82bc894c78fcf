using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Tests.Grading;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>The page on which a teacher gives points.</summary>
[Trait("Needs", "Browser")]
public sealed class MarkingPageTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Points_given_on_the_page_are_read_by_the_next_run()
    {
        const string Student = "=Ada \"<b>\"";
        var course = CourseNotebook.Read(folder.Notebook("lesson.ipynb", Classroom.Lesson()), folder["run"]);
        var questions = course.Questions.ToDictionary(question => question.Name);
        Csv.Write(folder["manual.csv"], [["student", "question", "points", "comment"], [Student, Classroom.Check, "1", "kept"]]);
        var manual = ManualPoints.Read(folder["manual.csv"], questions);
        Score[] scores = [new(Classroom.Check, 2, 2, null, null), new(Classroom.Question, null, 2, null, "</p><script>alert(1)</script>")];
        new GradePages(folder.Path, questions, manual).Write([new(Student, "", scores, [], [])]);

        await using var chromium = await Chromium.StartAsync();
        await chromium.Page.GotoAsync(new Uri(folder["marking.html"]).AbsoluteUri);
        await chromium.Page.Locator(".mark input").Last.FillAsync("1.5");
        await chromium.Page.Locator(".mark textarea").Last.FillAsync("nearly, \"so\"");
        var download = await chromium.Page.RunAndWaitForDownloadAsync(() => chromium.Page.Locator("#save").ClickAsync());
        await download.SaveAsAsync(folder["manual.csv"]);

        Assert.Empty(chromium.Logged);
        var saved = ManualPoints.Read(folder["manual.csv"], questions);
        Assert.Equal(new(1, "kept"), saved.Of(Student, Classroom.Check));
        Assert.Equal(new(1.5, "nearly, \"so\""), saved.Of(Student, Classroom.Question));
    }
}
