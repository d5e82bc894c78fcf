using Microsoft.Playwright;
using Vilt.Notebooks.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Vilt.Explorer.Tests.Browser;

/// <summary>The explorer's page in a browser.</summary>
internal sealed class ExplorerPage : IAsyncDisposable
{
    private readonly string own;

    private ExplorerPage(Chromium chromium, Uri address) => (Chromium, own) = (chromium, address.GetLeftPart(UriPartial.Authority));

    public Chromium Chromium { get; }

    public IPage Page => Chromium.Page;

    /// <summary>Opens the page, and waits until it can be used.</summary>
    /// <param name="explorer">Whose page.</param>
    /// <param name="state">What its address says behind the #.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="width">Of the window, in pixels.</param>
    public static async Task<ExplorerPage> OpenAsync(RunningExplorer explorer, string state, string scheme = "light", int width = 1400)
    {
        var chromium = await Chromium.StartAsync();
        await chromium.Page.EmulateMediaAsync(new() { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light });
        await chromium.Page.SetViewportSizeAsync(width, 1000);
        await chromium.Page.GotoAsync($"{explorer.Address}#{state}");
        await chromium.Page.Locator("html[data-ready]").WaitForAsync();
        return new(chromium, explorer.Address);
    }

    /// <summary>Waits until an explanation is there and none is being computed.</summary>
    public async Task ExplainedAsync()
    {
        await Expect(Page.Locator(".facts:visible").First).ToBeVisibleAsync();
        await Expect(Page.Locator("[aria-busy]")).ToHaveCountAsync(0);
    }

    /// <summary>Nothing in the console, nothing from elsewhere.</summary>
    public void AssertQuiet()
    {
        Assert.Empty(Chromium.Logged);
        Assert.All(Chromium.Fetched, url => Assert.StartsWith(own, url.Replace("blob:", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => Chromium.DisposeAsync();
}
