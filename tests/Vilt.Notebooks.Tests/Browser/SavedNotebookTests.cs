namespace Vilt.Notebooks.Tests.Browser;

/// <summary>What <c>vilt run</c> writes, opened in JupyterLab and by nbconvert, neither with an extension.</summary>
[Trait("Needs", "Browser")]
public sealed class SavedNotebookTests(FigureNotebook notebook) : IClassFixture<FigureNotebook>
{
    private const int Drawn = FigureNotebook.Figures - 1; // The heat map stays a picture.

    [Fact]
    public async Task JupyterLab_shows_pictures_and_once_the_notebook_is_trusted_it_draws_the_figures()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(Path.GetDirectoryName(notebook.Executed)!);
        var lab = new LabPage(chromium);
        await lab.OpenAsync(jupyter.Url, "figures.ipynb");
        await lab.ScrollThroughAsync();
        await chromium.ScreenshotAsync("lab-not-trusted");
        Assert.Equal(FigureNotebook.Figures - 1, await chromium.Page.Locator(".vilt-figure img").CountAsync());
        Assert.Empty(await chromium.MarksAsync());

        await jupyter.TrustAsync(notebook.Executed);
        await lab.OpenAsync(jupyter.Url, "figures.ipynb");
        await lab.ScrollThroughAsync();
        await chromium.Page.WaitForFunctionAsync($"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {2 * Drawn}");
        await chromium.ScreenshotAsync("lab-trusted");
        Assert.Equal(Enumerable.Repeat(true, Drawn), (await chromium.MarksAsync()).Select(marks => marks > 0));
        await SeeValueAsync(chromium);
        Assert.All(chromium.Fetched, url => Assert.StartsWith(jupyter.Url, url.Replace("ws://", "http://", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_nbconvert_draws_the_figures_without_a_network()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(Path.GetDirectoryName(notebook.Executed)!);
        await jupyter.RunAsync("nbconvert", "--to", "html", notebook.Executed, "--output", "converted");
        await chromium.Page.Context.SetOfflineAsync(true); // The page itself asks for RequireJS and MathJax.
        await chromium.Page.GotoAsync(new Uri(Path.Combine(Path.GetDirectoryName(notebook.Executed)!, "converted.html")).AbsoluteUri);
        await chromium.Page.WaitForFunctionAsync($"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {2 * Drawn}");
        await chromium.ScreenshotAsync("nbconvert", fullPage: true);
        Assert.Equal(Enumerable.Repeat(true, Drawn), (await chromium.MarksAsync()).Select(marks => marks > 0));
        await SeeValueAsync(chromium);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1100)]
    public async Task Figures_stay_within_a_narrow_page_and_within_print(int width)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(Path.GetDirectoryName(notebook.Executed)!);
        await jupyter.RunAsync("nbconvert", "--to", "html", notebook.Executed, "--output", $"narrow-{width}");
        await chromium.Page.SetViewportSizeAsync(width, 1000);
        await chromium.Page.Context.SetOfflineAsync(true);
        await chromium.Page.GotoAsync(new Uri(Path.Combine(Path.GetDirectoryName(notebook.Executed)!, $"narrow-{width}.html")).AbsoluteUri);
        await chromium.Page.WaitForFunctionAsync($"document.querySelectorAll('.js-plotly-plot .main-svg[viewBox]').length >= {2 * Drawn}");
        await chromium.AssertFitsScreenAndPaperAsync($"nbconvert-{width}");
    }

    private static async Task SeeValueAsync(Chromium chromium)
    {
        var picture = chromium.Page.Locator(".vilt-figure:has(output) img");
        var box = (await picture.BoundingBoxAsync())!;
        await picture.HoverAsync(new() { Position = new() { X = box.Width * 0.8f, Y = box.Height * 0.9f } });
        await Microsoft.Playwright.Assertions.Expect(chromium.Page.Locator(".vilt-figure output")).ToContainTextAsync("% of the scale");
        await chromium.ScreenshotAsync("heat-map-value");
    }
}
