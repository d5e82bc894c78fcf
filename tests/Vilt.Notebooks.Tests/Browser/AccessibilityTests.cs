using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Vilt.Notebooks.Grading;
using Vilt.Notebooks.Pages;
using Vilt.Notebooks.Tests.Grading;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>Pages are for everyone: no violation of WCAG 2, levels A and AA, that axe-core can tell.</summary>
[Trait("Needs", "Browser")]
public sealed class AccessibilityTests(FigureNotebook notebook) : IClassFixture<FigureNotebook>, IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task A_notebooks_page() => AssertNoViolationAsync(notebook.Page);

    [Fact]
    public async Task The_pages_of_a_class()
    {
        var course = CourseNotebook.Read(folder.Notebook("lesson.ipynb", Classroom.Lesson()), folder["run"]);
        var questions = course.Questions.ToDictionary(question => question.Name);
        Csv.Write(folder["manual.csv"], [["student", "question", "points", "comment"], ["Ada", Classroom.Question, "1", "nearly"]]);
        var manual = ManualPoints.Read(folder["manual.csv"], questions);
        Score[] scores = [new(Classroom.Check, 0, 2, new(3, 2, "Exception: twice is 7"), null), new(Classroom.Question, null, 2, null, "Because.")];
        new GradePages(folder.Path, questions, manual).Write(
            [new("Ada", "", scores, ["The cell given was deleted: the original is back."], ["lesson"]), new("Bob", "", scores, [], [])]);
        foreach (var page in new[] { "index.html", "marking.html", "students/Ada/index.html" })
        {
            await AssertNoViolationAsync(folder[page]);
        }
    }

    /// <summary>The pages of a folder, such as those that <c>vilt run</c> has made of the series.</summary>
    [Fact]
    public async Task Pages_that_are_there()
    {
        var named = Environment.GetEnvironmentVariable("VILT_PAGES");
        Assert.SkipWhen(named is null, "VILT_PAGES may name a folder of pages.");
        foreach (var page in Directory.GetFiles(named!, "*.html", SearchOption.AllDirectories))
        {
            await AssertNoViolationAsync(page);
        }
    }

    private static async Task AssertNoViolationAsync(string page)
    {
        await using var chromium = await Chromium.StartAsync();
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1100), (ColorScheme.Dark, 390) })
        {
            await chromium.Page.SetViewportSizeAsync(width, 1000);
            await chromium.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await chromium.Page.GotoAsync(new Uri(page).AbsoluteUri);
            await chromium.Page.WaitForFunctionAsync("document.querySelectorAll('.js-plotly-plot .main-svg').length >= document.querySelectorAll('.js-plotly-plot').length");
            var found = await chromium.Page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") });
            var told = string.Join('\n', found.Violations.SelectMany(
                violation => violation.Nodes, (violation, node) => $"{Path.GetFileName(page)}, {scheme}, {violation.Id}: {node.Html}"));
            Assert.True(told.Length == 0, told);
        }
    }
}
