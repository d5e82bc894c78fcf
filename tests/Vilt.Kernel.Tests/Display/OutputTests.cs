using Vilt.Kernel.Display;
using Vilt.Kernel.Scripting;

namespace Vilt.Kernel.Tests.Display;

public sealed class OutputTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("display(5)")]
    [InlineData("var shown = display(5);\nshown")]
    [InlineData("5.Display()")]
    [InlineData("await Task.Yield();\ndisplay(5)")]
    public async Task What_display_gives_back_is_not_shown_as_well(string code) =>
        Assert.Equal("5", Session.Text((await session.RunAsync<DisplayData>(code)).Bundle));

    [Fact]
    public async Task Outputs_keep_their_order()
    {
        var outputs = await session.RunAsync(
            "Console.Write(\"a\");\nConsole.WriteLine(\"b\");\nConsole.Error.Write(\"c\");\ndisplay(1);\nConsole.Write('d');\n2");
        Assert.Equal(
            ["stdout ab\n", "stderr c", "display 1", "stdout d", "result 2"],
            outputs.Select(output => output switch
            {
                StreamOutput stream => $"{stream.Name} {stream.Text.ReplaceLineEndings("\n")}",
                DisplayData display => "display " + Session.Text(display.Bundle),
                ExecuteResult result => "result " + Session.Text(result.Bundle),
                _ => "?",
            }));
    }

    [Fact]
    public async Task Many_small_writes_become_few_outputs_and_lose_nothing()
    {
        var outputs = await session.RunAsync("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");
        var text = string.Concat(outputs.Cast<StreamOutput>().Select(output => output.Text));
        Assert.Equal(string.Concat(Enumerable.Range(0, 100_000).Select(i => i + Environment.NewLine)), text);
        Assert.InRange(outputs.Count, 1, 1000);
    }

    [Fact]
    public async Task A_display_is_updated_in_place_also_from_a_later_cell()
    {
        var first = await session.RunAsync("var shown = display(\"old\");\nshown.Update(\"new\");");
        var display = Assert.IsType<DisplayData>(first[0]);
        var update = Assert.IsType<UpdateDisplay>(first[1]);
        Assert.Equal(("old", "new"), (Session.Text(display.Bundle), Session.Text(update.Bundle)));
        Assert.Equal(display.DisplayId, update.DisplayId);
        await session.RunAsync("shown.Update(\"newest\");");
    }

    [Fact]
    public async Task Display_as_a_method_and_in_a_mime_type()
    {
        var all = await session.RunAsync("\"x\".Display();\n\"iVBORw0KGgo=\".DisplayAs(\"image/png\");\ndisplay(\"<b>\", \"text/html\");");
        Assert.Equal("x", Session.Text(Assert.IsType<DisplayData>(all[0]).Bundle));
        Assert.Equal("iVBORw0KGgo=", Assert.IsType<DisplayData>(all[1]).Bundle.Data["image/png"].GetString());
        Assert.Equal(["text/html"], Assert.IsType<DisplayData>(all[2]).Bundle.Data.Keys);
    }

    [Fact]
    public async Task Html_is_shown_as_html()
    {
        var result = await session.RunAsync<ExecuteResult>("HTML(\"<b>bold</b>\")");
        Assert.Equal("<b>bold</b>", result.Bundle.Data["text/html"].GetString());
    }

    [Fact]
    public async Task Scripts_styles_pictures_and_tables_are_shown_as_in_net_interactive()
    {
        var all = await session.RunAsync("""
            Javascript("alert(1)");
            using Microsoft.DotNet.Interactive;
            """);
        Assert.Equal("CS1529", Assert.IsType<CellError>(Assert.Single(all)).Name);
        all = await session.RunAsync("""
            using Microsoft.DotNet.Interactive;
            Kernel.Javascript("alert(1)");
            CSS(".a { color: red }");
            display(SVG("<svg/>"));
            new[] { 1, 2 }.DisplayTable();
            new[] { new { Legs = 4 } }.DisplayTable();
            Kernel.display(HTML("<b>"));
            """);
        var bundles = all.Select(output => Assert.IsType<DisplayData>(output).Bundle.Data).ToList();
        Assert.Equal("<script type=\"text/javascript\">alert(1)</script>", bundles[0]["text/html"].GetString());
        Assert.Equal("<style>.a { color: red }</style>", bundles[1]["text/html"].GetString());
        Assert.Equal("<svg/>", bundles[2]["text/html"].GetString());
        Assert.Equal("Value\n    1\n    2", bundles[3]["text/plain"].GetString());
        Assert.Equal("Legs\n   4", bundles[4]["text/plain"].GetString());
        Assert.Equal("<b>", bundles[5]["text/html"].GetString());
    }

    [Fact]
    public async Task What_a_library_displays_by_the_formatters_own_methods_is_shown_and_updated()
    {
        var all = await session.RunAsync("""
            var shown = System.DisplayExtensions.Display("old", "text/plain");
            shown.Update("new");
            Microsoft.DotNet.Interactive.Formatting.DisplayedValue ours = "a".Display();
            ours.Update("b");
            """);
        Assert.Equal(("old", "new"), (Session.Text(((DisplayData)all[0]).Bundle), Session.Text(((UpdateDisplay)all[1]).Bundle)));
        Assert.Equal(((DisplayData)all[2]).DisplayId, ((UpdateDisplay)all[3]).DisplayId);
    }

    [Fact]
    public async Task A_task_that_a_cell_left_running_writes_as_that_cell()
    {
        var first = new List<CellOutput>();
        using var engine = new CSharpEngine(Path.GetTempPath());
        await engine.RunAsync(new("a", 1, "var go = new TaskCompletionSource();\nvar late = Task.Run(async () => { await go.Task; display(\"late\"); });"), first.Add, TestContext.Current.CancellationToken);
        var second = new List<CellOutput>();
        await engine.RunAsync(new("b", 2, "go.SetResult();\nawait late;"), second.Add, TestContext.Current.CancellationToken);
        Assert.Single(first);
        Assert.Empty(second);
    }

    [Fact]
    public void Displaying_outside_a_cell_is_an_error() =>
        Assert.Throws<InvalidOperationException>(() => Microsoft.DotNet.Interactive.Kernel.display(1));
}
