namespace Vilt.Notebooks.Tests.Browser;

/// <summary>A notebook of each kind of figure, of a table and of text, run by <c>vilt run</c>.</summary>
public sealed class FigureNotebook : IAsyncLifetime
{
    /// <summary>Figures: two of the library's that plotly.js draws, a heat map, a chart of Plotly.NET and one made from a figure.</summary>
    public const int Figures = 5;
    private readonly TestFolder folder = new();

    public string Executed => folder["out/figures.ipynb"];

    public string Page => folder["out/figures.html"];

    public async ValueTask InitializeAsync()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "Vilt.dll");
        folder.Notebook(
            "figures.ipynb",
            TestFolder.Markdown("# Figures"),
            $"#r \"{library}\"\n#r \"{Path.Combine(AppContext.BaseDirectory, "Plotly.NET.dll")}\"\nusing Vilt.Data;\nusing Vilt.Visuals;",
            "new[] { new { Animal = \"Elephant\", Legs = 4 }, new { Animal = \"Penguin\", Legs = 2 } }",
            "display(new LossCurve([3.0, 2, 1.5, 1.25]));\nnew AnswerChart((\"gray\", 0.75), (\"</script>\", 0.25))",
            """
            var values = new double[24, 24];
            for (var row = 0; row < 24; row++)
                for (var column = 0; column < 24; column++)
                    values[row, column] = row * column;
            var pixels = Enumerable.Range(0, 24 * 24 * 3).Select(i => (byte)(i % 251)).ToArray();
            new ImageAttributionFigure(new RgbImage(24, 24, pixels), AttributionNormalization.Normalize(values))
            """,
            """
            var trace = new Plotly.NET.Trace("scatter");
            trace.SetProperty("y", new[] { 1, 3, 2 });
            display(new LossCurve([2.0, 1]).ToChart().WithTitle("My title"));
            Plotly.NET.GenericChart.ofTraceObject(true, trace)
            """);
        var (exitCode, _, error) = await ViltProgram.RunAsync("run", folder["figures.ipynb"], "--out", folder["out"]);
        Assert.True(exitCode == 0, error);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
