namespace Vilt.Notebooks.Tests.Browser;

/// <summary>What <c>vilt run</c> writes, in a real browser. Leave such tests out with <c>--filter-not-trait Needs=Browser</c>.</summary>
[Trait("Needs", "Browser")]
public sealed class PageInBrowserTests(FigureNotebook notebook) : IClassFixture<FigureNotebook>
{
    [Fact]
    public async Task A_page_draws_each_figure_logs_nothing_and_fetches_nothing()
    {
        await using var chromium = await Chromium.StartAsync();
        await chromium.Page.GotoAsync(new Uri(notebook.Page).AbsoluteUri);
        await chromium.Page.WaitForFunctionAsync($"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {2 * FigureNotebook.Figures}");
        await chromium.ScreenshotAsync("page", fullPage: true);
        Assert.Equal(Enumerable.Repeat(true, FigureNotebook.Figures), (await chromium.MarksAsync()).Select(marks => marks > 0));
        Assert.Equal("Elephant", await chromium.Page.Locator(".records td").First.TextContentAsync());
        Assert.Empty(chromium.Logged);
        Assert.Empty(chromium.Fetched);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1100)]
    public async Task Figures_stay_within_a_narrow_page_and_within_print(int width)
    {
        await using var chromium = await Chromium.StartAsync();
        await chromium.Page.SetViewportSizeAsync(width, 1000);
        await chromium.Page.GotoAsync(new Uri(notebook.Page).AbsoluteUri);
        await chromium.Page.WaitForFunctionAsync(
            $"document.querySelectorAll('.js-plotly-plot .main-svg[viewBox]').length >= {2 * FigureNotebook.Figures}");
        await chromium.AssertFitsScreenAndPaperAsync($"page-{width}");
    }

    [Fact]
    public async Task Without_scripts_a_page_shows_pictures_that_say_what_they_show()
    {
        await using var chromium = await Chromium.StartAsync(javaScript: false);
        await chromium.Page.GotoAsync(new Uri(notebook.Page).AbsoluteUri);
        await chromium.ScreenshotAsync("page-without-scripts", fullPage: true);
        var pictures = chromium.Page.Locator(".figure img");
        Assert.Equal(FigureNotebook.Figures, await pictures.CountAsync());
        Assert.StartsWith("Training loss over 4 steps", await pictures.First.GetAttributeAsync("alt"), StringComparison.Ordinal);
        Assert.All(await pictures.AllAsync(), picture => Assert.True(picture.BoundingBoxAsync().Result!.Height > 100));
    }

    [Fact]
    public void Plotly_is_in_the_page_and_in_the_notebook_once()
    {
        // 3.6 MB as it is, in the page; 1.5 MB packed, in the notebook.
        Assert.InRange(new FileInfo(notebook.Page).Length, 3_600_000, 4_000_000);
        Assert.InRange(new FileInfo(notebook.Executed).Length, 1_200_000, 2_000_000);
        var text = File.ReadAllText(notebook.Executed);
        Assert.Equal(2, text.Split("data-once=\\\"plotly.js\\\"").Length);
        Assert.Equal(1 + FigureNotebook.Figures, text.Split("class=\\\"vilt-figure\\\"").Length);
    }
}
