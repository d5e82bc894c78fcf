using Microsoft.Playwright;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>Works through notebook 5 in JupyterLab as a student does.</summary>
[Trait("Needs", "Browser")]
public sealed class JupyterLabTests : IAsyncLifetime
{
    private const string Training = """
        while (true)
        {
            using var scope = torch.NewDisposeScope();
            model.forward(checkBatch).Logits.sum().backward();
            Console.WriteLine("a step");
        }
        """;

    private static readonly string Root = RootAbove(AppContext.BaseDirectory);

    // Two levels down, as the notebooks are, so that their relative paths hold; and where no version control looks.
    private readonly string copy = Path.Combine(Root, "artifacts", $"in-jupyterlab-{Guid.NewGuid():N}", "05.ipynb");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(Path.Combine(Root, "notebooks", "solutions", "05-explain-the-answers.ipynb"), copy);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Notebook_5_runs_helps_to_write_stops_and_starts_again()
    {
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(Root);
        var lab = new LabPage(chromium);
        await lab.OpenAsync(jupyter.Url, Path.GetRelativePath(Root, copy));
        await lab.RunAsync("notebook:run-all-cells");
        await SeeOutputsAsync(chromium, lab);
        await SeeHelpAsync(chromium, lab);
        await InterruptAsync(chromium, lab);
        await RestartAsync(chromium, lab);
    }

    private static async Task SeeOutputsAsync(Chromium chromium, LabPage lab)
    {
        Assert.Equal(0, await lab.CountErrorsAsync());
        await lab.ScrollThroughAsync();
        var figures = await chromium.Page.Locator(".vilt-figure").CountAsync();
        Assert.NotEqual(0, figures);
        await chromium.Page.WaitForFunctionAsync($"document.querySelectorAll('.vilt-figure output').length >= {figures}");
        await chromium.Page.Locator(".vilt-figure").First.ScrollIntoViewIfNeededAsync();
        await chromium.ScreenshotAsync("lab-heat-map");
        var records = chromium.Page.Locator(".vilt-words");
        await records.First.ScrollIntoViewIfNeededAsync();
        Assert.NotEqual(0, await records.First.Locator("mark").CountAsync());
        await chromium.ScreenshotAsync("lab-text-records");
    }

    private static async Task SeeHelpAsync(Chromium chromium, LabPage lab)
    {
        await lab.WriteCellAsync("attr."); // A single match would be written at once, without a choice.
        await chromium.Page.Keyboard.PressAsync("Tab");
        // What JupyterLab offers by itself, the words of the cell, has no kinds.
        var choice = chromium.Page.Locator(".jp-Completer-item", new() { HasText = "Attribute" });
        await Assertions.Expect(choice.First).ToContainTextAsync("method");
        await chromium.ScreenshotAsync("lab-completion");
        await chromium.Page.Keyboard.PressAsync("Escape");
        await lab.WriteCellAsync("attr.Attribute");
        await chromium.Page.Keyboard.PressAsync("Shift+Tab");
        await Assertions.Expect(chromium.Page.Locator(".jp-Tooltip")).ToContainTextAsync("inputs");
        await chromium.ScreenshotAsync("lab-documentation");
        await chromium.Page.Keyboard.PressAsync("Escape");
    }

    private static async Task InterruptAsync(Chromium chromium, LabPage lab)
    {
        await lab.WriteCellAsync(Training);
        var training = lab.RunAsync("notebook:run-cell");
        await Assertions.Expect(lab.OutputOfLastCell.First).ToContainTextAsync("a step");
        await lab.RunAsync("notebook:interrupt-kernel");
        await training;
        await Assertions.Expect(lab.OutputOfLastCell.Last).ToContainTextAsync("The cell was interrupted.");
        await chromium.ScreenshotAsync("lab-interrupt");
        await lab.WriteCellAsync("model.Config.Answers.Count > 0 ? \"still here\" : \"\"");
        await lab.RunAsync("notebook:run-cell");
        await Assertions.Expect(lab.OutputOfLastCell.Last).ToContainTextAsync("still here");
    }

    private static async Task RestartAsync(Chromium chromium, LabPage lab)
    {
        var restart = lab.RunAsync("notebook:restart-kernel");
        await chromium.Page.Locator(".jp-Dialog .jp-mod-accept").ClickAsync();
        await restart;
        await lab.WriteCellAsync("\"fresh\"");
        await lab.RunAsync("notebook:run-cell");
        await Assertions.Expect(lab.OutputOfLastCell.Last).ToContainTextAsync("fresh");
        await Assertions.Expect(lab.LastCell.Locator(".jp-InputPrompt")).ToHaveTextAsync("[1]:");
        await chromium.ScreenshotAsync("lab-restarted");
    }

    private static string RootAbove(string folder) =>
        File.Exists(Path.Combine(folder, "Vilt.Notebooks.sln")) ? folder : RootAbove(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
}
