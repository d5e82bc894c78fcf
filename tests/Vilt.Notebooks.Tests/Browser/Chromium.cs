using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>The machine's Chromium with one page, which notes what the page logs and what it fetches.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // For a machine that is busy with other things; what goes wrong is seen at once.
    private const float Patience = 300_000;
    private readonly ConcurrentQueue<string> logged = new();
    private readonly ConcurrentQueue<string> fetched = new();
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (this.playwright, this.browser, Page) = (playwright, browser, page);
        page.Console += (_, message) => logged.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => logged.Enqueue(error);
        page.Request += (_, request) => fetched.Enqueue(request.Url);
    }

    public IPage Page { get; }

    /// <summary>What stands in the console, and errors that no script caught.</summary>
    public IEnumerable<string> Logged => logged;

    /// <summary>What the page asked for, itself excepted.</summary>
    public IEnumerable<string> Fetched => fetched.Where(url => url != Page.Url && !url.StartsWith("data:", StringComparison.Ordinal));

    /// <summary>Starts the browser, or skips the test where there is none.</summary>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="allowsEval">Whether a test may run text as a script, which pages' own policies forbid.</param>
    public static async Task<Chromium> StartAsync(bool javaScript = true, bool allowsEval = false)
    {
        var path = ProgramOnPath.FindOrSkip("chromium", "VILT_CHROMIUM", "On Debian: apt-get install chromium.");
        var playwright = await Playwright.CreateAsync();
        // Chromium's sandbox does not start for root, as in a container; what these tests open is the project's own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 1000 }, JavaScriptEnabled = javaScript, BypassCSP = allowsEval });
        page.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience); // It doesn't follow the page's.
        return new(playwright, browser, page);
    }

    /// <summary>Keeps a picture of the page for a reader, in the folder of the test program.</summary>
    public Task ScreenshotAsync(string name, bool fullPage = false) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "screenshots", name + ".png"), FullPage = fullPage });

    /// <summary>How many marks each figure has: bars, curves, and heat maps' and pictures' images. One of 0 is not drawn.</summary>
    public Task<int[]> MarksAsync() => Page.EvaluateAsync<int[]>(
        "[...document.querySelectorAll('.js-plotly-plot')].map(plot => plot.querySelectorAll('.point path, .js-line, .hm image, .im image').length)");

    /// <summary>Asserts that nothing is cut off, on the screen or on narrower paper.</summary>
    /// <param name="name">Name of the screenshots.</param>
    public async Task AssertFitsScreenAndPaperAsync(string name)
    {
        await ScreenshotAsync(name, fullPage: true);
        Assert.Equal(0, await CutOffAsync());
        await Page.SetViewportSizeAsync(390, 1000); // As paper does, after the figures were drawn.
        await Page.EmulateMediaAsync(new() { Media = Media.Print });
        await ScreenshotAsync(name + "-print", fullPage: true);
        Assert.Equal(0, await CutOffAsync());
    }

    /// <summary>How many pictures and drawn figures reach beyond the right edge of what holds them, or of the page.</summary>
    private Task<int> CutOffAsync() => Page.EvaluateAsync<int>("""
        [...document.querySelectorAll('.vilt-figure img, .vilt-figure .main-svg, .figure .main-svg')]
            .filter(part => part.getBoundingClientRect().right > part.closest('.vilt-figure, .figure').getBoundingClientRect().right + 1
                || part.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length
        """);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
