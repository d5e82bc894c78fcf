using Vilt.Kernel.Display;

namespace Vilt.Kernel.Tests.Display;

public sealed class SharedPartsTests : IDisposable
{
    private const string Library = "<script data-once=\"library\">\nlet big;</script>";
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task The_style_sheet_comes_once_and_again_only_with_the_cell_that_has_it()
    {
        Assert.True(HasStyle(await session.RunAsync("new[] { 1, 2 }", "first")));
        Assert.False(HasStyle(await session.RunAsync("new[] { 1, 2 }", "second")));
        Assert.True(HasStyle(await session.RunAsync("new[] { 1, 2 }", "first")));
        Assert.False(HasStyle(await session.RunAsync("new[] { 1, 2 }", "second")));
    }

    [Fact]
    public async Task A_marked_script_comes_once()
    {
        Assert.Equal(["<i>1</i>" + Library, "<i>2</i>"], await RunAsync("first", "display(Shown(1));\nShown(2)"));
        Assert.Equal(["<i>3</i>"], await RunAsync("second", "Shown(3)"));
        Assert.Equal(["<i>1</i>" + Library], await RunAsync("first", "Shown(1)"));
    }

    [Fact]
    public async Task It_goes_on_to_the_next_output_when_its_own_goes()
    {
        Assert.Equal(["<i>1</i>" + Library], await RunAsync("first", "Shown(1)"));
        Assert.Empty(await RunAsync("first", "var nothing = 0;"));
        Assert.Equal(["<i>2</i>" + Library], await RunAsync("second", "Shown(2)"));
    }

    [Fact]
    public async Task An_update_has_it_only_in_the_display_that_has_it()
    {
        Assert.Equal(
            ["<i>1</i>" + Library, "<i>2</i>", "<i>3</i>" + Library, "<i>4</i>", "<b>", "<i>5</i>" + Library],
            await RunAsync("first", """
                var a = display(Shown(1));
                var b = display(Shown(2));
                a.Update(Shown(3));
                b.Update(Shown(4));
                a.Update(HTML("<b>"));
                b.Update(Shown(5));
                """));
    }

    [Fact]
    public async Task Cleared_outputs_take_it_with_them() =>
        Assert.Equal(
            ["<i>1</i>" + Library, "clear wait", "<i>2</i>" + Library, "clear"],
            await RunAsync("first", "display(Shown(1));\nclear_output(wait: true);\ndisplay(Shown(2));\nclear_output();"));

    private async Task<IEnumerable<string>> RunAsync(string cell, string code)
    {
        var name = $$"""HTML("<i>" + i + "</i>" + {{"\"" + Library.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\""}})""";
        await session.RunAsync($"object Shown(int i) => {name};", "setup");
        return (await session.RunAsync(code, cell)).Select(Describe);
    }

    private static string Describe(CellOutput output) => output switch
    {
        DisplayData display => Html(display.Bundle),
        UpdateDisplay update => Html(update.Bundle),
        ExecuteResult result => Html(result.Bundle),
        ClearOutput clear => clear.Wait ? "clear wait" : "clear",
        _ => output.ToString(),
    };

    private static string Html(MimeBundle bundle) => bundle.Data["text/html"].GetString()!;

    private static bool HasStyle(IReadOnlyList<CellOutput> outputs) =>
        Html(Assert.IsType<ExecuteResult>(Assert.Single(outputs)).Bundle).Contains("<style>", StringComparison.Ordinal);
}
