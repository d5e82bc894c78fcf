using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkiaSharp;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>What cells show, in JupyterLab: each kind once, with a picture of it for a reader.</summary>
[Trait("Needs", "Browser")]
public sealed class LabOutputsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Values_are_tables_trees_and_diagrams_and_messages_are_readable()
    {
        Write(
            "outputs.ipynb",
            "new[] { new { Animal = \"Elephant\", Legs = 4, Eats = new[] { \"grass\", \"leaves\" } }, new { Animal = \"Penguin\", Legs = 2, Eats = new[] { \"fish\" } } }",
            "int[][] rows = [[1, 2, 3], [4, 5]];\nrows",
            "new[,] { { 1.5, 2.25 }, { 3, 4 } }",
            "var table = new System.Data.DataTable();\ntable.Columns.Add(\"Animal\");\ntable.Columns.Add(\"Legs\", typeof(int));\ntable.Rows.Add(\"Zebra\", 4);\ntable.Rows.Add(DBNull.Value, 6);\ntable",
            "class Node { public string Name; public Node Next; public override string ToString() => Name; }\nvar node = new Node { Name = \"first\" };\nnode.Next = node;\nnode",
            "new Dictionary<string, object> { [\"a\"] = null, [\"b\"] = new[] { 1, 2 }, [\"c\"] = System.Text.Json.Nodes.JsonNode.Parse(\"{\\\"x\\\": [1, 2]}\") }",
            "var shown = display(\"0 of 3\");\nfor (var i = 1; i <= 3; i++)\n{\n    shown.Update($\"{i} of 3\");\n}",
            "#!mermaid\ngraph LR\n  Picture --> Model\n  Question --> Model\n  Model --> Answer",
            "#!markdown\n**bold** and $x^2$",
            "#!time\n#!whos",
            "SVG(\"<svg width='60' height='30'><circle cx='15' cy='15' r='12' fill='teal'/></svg>\")",
            "async Task Later() { Task.Delay(1); await Task.Delay(1); }\nawait Later();",
            TestFolder.Code("var numbers = new[] { 1 };\nvar sum = 0;\nsum += numbers[3];", "raises-exception"),
            TestFolder.Code("var wrong = undefined + 1;\nint text = \"a\";", "raises-exception"),
            TestFolder.Code("#!pwsh\nls", "raises-exception"));
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(folder.Path);
        var lab = new LabPage(chromium);
        await lab.OpenAsync(jupyter.Url, "outputs.ipynb");
        await lab.RunAsync("notebook:run-all-cells");
        await chromium.Page.SetViewportSizeAsync(1200, 3000); // JupyterLab draws only what is near.
        await chromium.Page.Locator(".jp-Notebook .jp-Cell").First.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(chromium.Page.Locator(".jp-RenderedMermaid svg, .jp-RenderedMermaid img").First).ToBeVisibleAsync();
        await Assertions.Expect(chromium.Page.Locator(".jp-CodeCell")).ToHaveCountAsync(15);
        await chromium.ScreenshotAsync("lab-outputs");
        Assert.Equal(3, await lab.CountErrorsAsync());
        Assert.Equal("3 of 3", await Output(chromium, cell: 6).InnerTextAsync());
        foreach (var (cell, rows) in new[] { (0, 2), (1, 2), (2, 2), (3, 2) })
        {
            Assert.Equal(rows, await Output(chromium, cell).Locator("tbody").First.Locator("> tr").CountAsync());
        }
    }

    [Fact]
    public async Task A_cell_asks_for_a_line_and_for_a_secret()
    {
        Write("inputs.ipynb", "var name = input(\"Your name?\");\nvar key = password(\"Your key?\");\n$\"{name}, {key.GetClearTextPassword().Length}\"");
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(folder.Path);
        var lab = new LabPage(chromium);
        await lab.OpenAsync(jupyter.Url, "inputs.ipynb");
        var running = lab.RunAsync("notebook:run-all-cells");
        var box = chromium.Page.Locator(".jp-Stdin-input");
        await box.FillAsync("Ada");
        await chromium.ScreenshotAsync("lab-input");
        await box.PressAsync("Enter");
        var hidden = chromium.Page.Locator(".jp-Stdin-input[type=password]");
        await hidden.FillAsync("secret");
        await chromium.ScreenshotAsync("lab-password");
        await hidden.PressAsync("Enter");
        await running;
        await Assertions.Expect(lab.OutputOfLastCell.Last).ToContainTextAsync("Ada, 6");
        await chromium.ScreenshotAsync("lab-asked");
    }

    [Fact]
    public async Task In_a_dark_JupyterLab_charts_are_dark_and_heat_maps_are_not()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "Vilt.dll");
        Write(
            "dark.ipynb",
            $"#r \"{library}\"\nusing Vilt.Data;\nusing Vilt.Visuals;\nnew LossCurve([3.0, 2, 1.5, 1.25])",
            "new AnswerChart((\"gray\", 0.75), (\"blue\", 0.25))",
            "new ImageAttributionFigure(new RgbImage(2, 2, new byte[12]), AttributionNormalization.Normalize(new[,] { { 1.0, 0 }, { 0, 0 } }))");
        await using var chromium = await Chromium.StartAsync();
        await using var jupyter = await JupyterServer.StartAsync(folder.Path);
        var lab = new LabPage(chromium);
        await lab.OpenAsync(jupyter.Url, "dark.ipynb");
        await chromium.Page.EvaluateAsync("window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })");
        await lab.RunAsync("notebook:run-all-cells");
        await chromium.Page.SetViewportSizeAsync(1200, 2000);
        await Assertions.Expect(chromium.Page.Locator(".vilt-figure .main-svg").First).ToBeVisibleAsync();
        await chromium.ScreenshotAsync("lab-dark");
        Assert.InRange(await Lightness(Output(chromium, cell: 0).Locator(".vilt-figure")), 0, 60);
        Assert.InRange(await Lightness(Output(chromium, cell: 1).Locator(".vilt-figure")), 0, 60);
        Assert.InRange(await Lightness(Output(chromium, cell: 2).Locator(".vilt-figure")), 240, 255);
    }

    /// <summary>That of a figure's background, from 0 to 255.</summary>
    private static async Task<int> Lightness(ILocator figure)
    {
        using var picture = SKBitmap.Decode(await figure.ScreenshotAsync());
        return picture.GetPixel(picture.Width / 2, 4).Green;
    }

    /// <summary>A notebook that names its kernel, or JupyterLab asks for it.</summary>
    private void Write(string name, params IEnumerable<JsonNode> cells)
    {
        folder.Notebook(name, cells);
        var notebook = folder.Read(name);
        notebook["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["display_name"] = ".NET (C#)" } };
        folder.Write(name, notebook.ToJsonString());
    }

    private static ILocator Output(Chromium chromium, int cell) =>
        chromium.Page.Locator(".jp-CodeCell").Nth(cell).Locator(".jp-OutputArea-output").Last;
}
