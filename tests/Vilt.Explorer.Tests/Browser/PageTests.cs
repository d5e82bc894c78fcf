using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Vilt.Explorer.Tests.Browser;

/// <summary>The page in a real browser, used as a student would.</summary>
[Trait("Needs", "Browser")]
public sealed class PageTests(RunningExplorer explorer)
{
    private const string Zebras = "picture=example-zebra&question=how+many+zebras+are+on+the+picture";

    [Fact]
    public async Task Ask_and_see_why()
    {
        await using var opened = await OpenAsync("");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "zebra", Exact = true }).ClickAsync();
        await page.Locator("#question").FillAsync("how many zebras are on the picture");
        await page.Locator("#question").PressAsync("Enter");
        var answers = page.Locator("#answers button");
        await Expect(answers).ToHaveCountAsync(5);
        await Expect(answers.First).ToContainTextAsync("2");
        await Expect(answers.First).ToContainTextAsync("%");
        await answers.Nth(1).ClickAsync();
        await opened.ExplainedAsync();
        await Expect(page.Locator("#why")).ToContainTextAsync("The model’s own answer is 2");
        await answers.First.ClickAsync();
        await Expect(page.Locator("#why")).ToContainTextAsync("Why 2?");
        await opened.ExplainedAsync();
        await Expect(page.Locator("#why")).ToContainTextAsync("convergence delta");
        await page.GetByRole(AriaRole.Button, new() { Name = "pixels" }).ClickAsync();
        await page.GetByRole(AriaRole.Slider, new() { Name = "Cut off weak values" }).First.FillAsync("40"); // the others compare
        await page.GetByRole(AriaRole.Button, new() { Name = "against", Exact = true }).ClickAsync();
        await page.Locator("#stage canvas").HoverAsync(new() { Position = new() { X = 200, Y = 200 } });
        await Expect(page.Locator("#stage .readout")).ToContainTextAsync("patch in row");
        await opened.Chromium.ScreenshotAsync("explorer-why", fullPage: true);
        opened.AssertQuiet();
    }

    [Fact]
    public async Task Values_under_the_pointer_are_those_of_the_library()
    {
        await using var opened = await OpenAsync($"{Zebras}&answer=2");
        var page = opened.Page;
        await opened.ExplainedAsync();
        var own = explorer.Vqa.Explain(RunningExplorer.Asset("zebra.png"), "how many zebras are on the picture", cancellationToken: TestContext.Current.CancellationToken);
        var box = (await page.Locator("#stage canvas").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.3f, box.Y + box.Height * 0.6f);
        var text = await page.Locator("#stage .readout").InnerTextAsync();
        var match = System.Text.RegularExpressions.Regex.Match(text, @"pixel (\d+), (\d+): ([+−][\d.e-]+)");
        Assert.True(match.Success, text);
        var (x, y) = (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value));
        var shown = double.Parse(match.Groups[3].Value.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(shown, own.Pixels[y, x] - Math.Abs(own.Pixels[y, x]) * 1e-2 - 1e-6, own.Pixels[y, x] + Math.Abs(own.Pixels[y, x]) * 1e-2 + 1e-6);
    }

    [Fact]
    public async Task Hide_a_part_and_ask_again()
    {
        await using var opened = await OpenAsync($"{Zebras}&answer=2");
        var page = opened.Page;
        await opened.ExplainedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide parts" }).ClickAsync();
        var canvas = page.Locator("#stage canvas");
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.05f, box.Y + box.Height * 0.3f);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.45f, box.Y + box.Height * 0.85f, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await Expect(page.Locator("#hide-hint")).ToContainTextAsync("patches are hidden");
        await Expect(page.Locator("#answers .moved").First).ToContainTextAsync("was");
        await page.GetByLabel("Show what changed in the map").CheckAsync();
        await opened.ExplainedAsync();
        await opened.Chromium.ScreenshotAsync("explorer-hidden", fullPage: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show everything again" }).ClickAsync();
        await Expect(page.Locator("#answers .moved")).ToHaveCountAsync(0);
        await page.Locator("#question").FillAsync("how many dogs are on the picture");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator("#answers-note")).ToContainTextAsync("how many zebras");
        opened.AssertQuiet();
    }

    [Fact]
    public async Task Walk_the_path()
    {
        await using var opened = await OpenAsync($"{Zebras}&answer=2");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Walk the path" }).ClickAsync();
        var slider = page.GetByLabel("Place on the path");
        await slider.FillAsync("0");
        await Expect(page.Locator("#path-readout")).ToContainTextAsync("gained so far 0");
        await slider.FillAsync("100");
        await Expect(page.Locator("#path-readout")).ToContainTextAsync("gained so far +");
        opened.AssertQuiet();
    }

    [Fact]
    public async Task Compare_two_methods_with_the_pointer_in_both()
    {
        await using var opened = await OpenAsync($"{Zebras}&answer=2");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        var panes = page.Locator("#view-compare section");
        await panes.Nth(1).GetByLabel("Method").SelectOptionAsync("saliency");
        await panes.Nth(1).GetByLabel("Model").SelectOptionAsync("same");
        await Expect(panes.First).ToContainTextAsync("30 of 30");
        await Expect(panes.Nth(1)).ToContainTextAsync("picture adds");
        await panes.First.Locator("canvas").HoverAsync(new() { Position = new() { X = 120, Y = 150 } });
        var place = (await panes.First.Locator(".readout").InnerTextAsync()).Split("patch in ")[1].Split(':')[0];
        await Expect(panes.Nth(1).Locator(".readout")).ToContainTextAsync($"patch in {place}");
        await opened.Chromium.ScreenshotAsync("explorer-compare", fullPage: true);
        opened.AssertQuiet();
    }

    [Fact]
    public async Task Browse_filter_and_open_with_the_keyboard()
    {
        await using var opened = await OpenAsync("tab=browse");
        var page = opened.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer all" }).ClickAsync();
        await Expect(page.GetByText("All are answered.")).ToBeVisibleAsync();
        await page.GetByLabel("Answer is").SelectOptionAsync("right");
        await Expect(page.Locator("tbody tr .mark.good").First).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr .mark.bad")).ToHaveCountAsync(0);
        await page.GetByLabel("Sort by").SelectOptionAsync("probability");
        await page.Locator("h2#browse-title").ClickAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        var question = await page.EvaluateAsync<string>("document.activeElement.textContent");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#question")).ToHaveValueAsync(question);
        await opened.ExplainedAsync();
        await Expect(page.Locator("#why")).ToContainTextAsync("points at what decides");
        await page.GoBackAsync();
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await opened.Chromium.ScreenshotAsync("explorer-browse", fullPage: true);
        opened.AssertQuiet();
    }

    [Fact]
    public async Task An_explanation_that_is_there_is_not_computed_again()
    {
        await using var opened = await OpenAsync($"{Zebras}&answer=2");
        var page = opened.Page;
        await opened.ExplainedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Browse" }).ClickAsync();
        await Expect(page.Locator("tbody tr").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask and explain" }).ClickAsync();
        await opened.ExplainedAsync();
        await page.Locator("#stage canvas").HoverAsync();
        await Expect(page.Locator("#stage .readout")).ToContainTextAsync("patch in row");
        Assert.Single(opened.Chromium.Fetched, url => url.EndsWith("api/explain", StringComparison.Ordinal));
        opened.AssertQuiet();
    }

    [Fact]
    public async Task Upload_save_and_share()
    {
        await using var opened = await OpenAsync("");
        var page = opened.Page;
        await page.Locator("#file").SetInputFilesAsync(RunningExplorer.Asset("zebra.png"));
        await Expect(page.Locator("#strip button").First).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("#question").FillAsync("what is on the picture");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await page.Locator("#answers button").First.ClickAsync();
        await opened.ExplainedAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save page" }).ClickAsync());
        Assert.EndsWith(".html", saved.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("what is on the picture", await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var picture = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Save picture" }).ClickAsync());
        Assert.EndsWith(".png", picture.SuggestedFilename, StringComparison.Ordinal);
        var (address, first) = (page.Url, await page.Locator("#answers button").First.InnerTextAsync());
        Assert.DoesNotContain("token", address, StringComparison.Ordinal);
        await page.GotoAsync("about:blank");
        await page.GotoAsync(address);
        await Expect(page.Locator("#answers button").First).ToHaveTextAsync(first.ReplaceLineEndings(""));
        await opened.ExplainedAsync();
        opened.AssertQuiet();
    }

    [Theory]
    [InlineData("tab=ask&" + Zebras + "&answer=2", "light", 1400)]
    [InlineData("tab=ask&" + Zebras + "&answer=2&hidden=33.34&colors=blue", "dark", 390)]
    [InlineData("tab=compare&" + Zebras + "&answer=2", "dark", 1400)]
    [InlineData("tab=compare&" + Zebras + "&answer=2", "light", 390)]
    [InlineData("tab=browse", "light", 390)]
    [InlineData("tab=browse", "dark", 1400)]
    public async Task Everyone_can_use_it(string state, string scheme, int width)
    {
        await using var opened = await OpenAsync(state, scheme, width);
        var page = opened.Page;
        await Expect(page.Locator(state.Contains("browse", StringComparison.Ordinal) ? "tbody .number:has-text('%') >> nth=0" : ".facts:visible >> nth=0")).ToBeVisibleAsync();
        if (!state.Contains("browse", StringComparison.Ordinal))
        {
            await opened.ExplainedAsync();
        }

        await opened.Chromium.ScreenshotAsync($"explorer-{state.Split('&')[0][4..]}-{scheme}-{width}", fullPage: true);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        opened.AssertQuiet();
    }

    private Task<ExplorerPage> OpenAsync(string state, string scheme = "light", int width = 1400) => ExplorerPage.OpenAsync(explorer, state, scheme, width);
}
