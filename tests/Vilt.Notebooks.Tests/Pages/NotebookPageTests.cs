using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Pages;

namespace Vilt.Notebooks.Tests.Pages;

public sealed partial class NotebookPageTests : IDisposable
{
    private const string Figure = """{"application/vnd.plotly.v1+json":{"data":[{"y":[1,2]}],"layout":{"title":"</script><b>"}},"text/html":"<i>other</i>"}""";
    private static readonly byte[] Picture = [137, 80, 78, 71];
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Plotly_is_in_the_page_once_and_only_if_a_figure_needs_it()
    {
        var with = await RenderAsync(Shown(Figure), Shown(Figure));
        Assert.Single(PlotlyBanner().Matches(with));
        Assert.Equal(2, Regex.Count(with, "class=\"paper figure\""));
        Assert.DoesNotContain("</script><b>", with, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>other</i>", with, StringComparison.Ordinal);
        Assert.Empty(PlotlyBanner().Matches(await RenderAsync(Shown("""{"text/plain":"1"}"""))));
    }

    [Fact]
    public async Task Text_and_code_are_escaped_and_html_outputs_are_not()
    {
        var page = await RenderAsync(
            TestFolder.Code("var a = \"<tag>\"; // <comment>"),
            Shown("""{"text/plain":"<plain>"}"""),
            Shown("""{"text/plain":"bold","text/html":"<b>bold</b>"}"""),
            Output("""{"output_type":"stream","name":"stdout","text":["<stream>"]}"""),
            Output("""{"output_type":"error","ename":"E","evalue":"m","traceback":["<error>"]}"""));
        foreach (var raw in new[] { "<tag>", "<comment>", "<plain>", "<stream>", "<error>" })
        {
            Assert.DoesNotContain(raw, page, StringComparison.Ordinal);
            Assert.Contains(raw.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), page, StringComparison.Ordinal);
        }

        Assert.Contains("<b>bold</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_values_are_shown_as_text()
    {
        var page = await RenderAsync(Shown("""{"text/html":"<div class=\"dni-plaintext\"><pre>42</pre></div>","text/plain":"42"}"""));
        Assert.Contains("<pre class=\"plain\">42</pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("paper html\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var (a, b) = x switch { 1 =&gt; (1, 2), _ =&gt; (3, 4) };\na + b")]
    [InlineData("var (a, b) = x switch {\na + b")]
    public async Task Code_that_Roslyn_itself_fails_on_is_shown_plain_and_the_cells_around_it_are_colored(string html)
    {
        var page = await RenderAsync(TestFolder.Code("class Keeper { }"), TestFolder.Code(System.Net.WebUtility.HtmlDecode(html)), TestFolder.Code("var k = new Keeper();"));
        Assert.Contains($"<code>{html}</code>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">new</span> <span class=\"t\">Keeper</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_colored_with_what_earlier_cells_declared()
    {
        var page = await RenderAsync(TestFolder.Code("class Keeper { }"), TestFolder.Code("var k = new Keeper();"));
        Assert.Contains("<span class=\"k\">new</span> <span class=\"t\">Keeper</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_beside_the_notebook_and_attachments_are_in_the_page()
    {
        File.WriteAllBytes(folder["a b.png"], Picture);
        var attached = TestFolder.Markdown("![x](attachment:x.png)");
        attached["attachments"] = new JsonObject { ["x.png"] = new JsonObject { ["image/png"] = "QUJD" } };
        var page = await RenderAsync(TestFolder.Markdown("![z](a%20b.png)\n\n<img width=\"9\" src='a b.png'>\n\n![none](none.png)"), attached);
        Assert.Equal(2, Regex.Count(page, Regex.Escape("data:image/png;base64," + Convert.ToBase64String(Picture))));
        Assert.Contains("data:image/png;base64,QUJD", page, StringComparison.Ordinal);
        Assert.Contains("none.png", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_has_tables_html_and_formulas_as_written()
    {
        var page = await RenderAsync(TestFolder.Markdown("# One *title*\n\n|a|b|\n|-|-|\n|1|2|\n\n<details>more</details>\n\n$x_1 * y_1 * <z>$\n\n## Two\n\n## Three"));
        Assert.Contains("<td>2</td>", page, StringComparison.Ordinal);
        Assert.Contains("<details>more</details>", page, StringComparison.Ordinal);
        Assert.Contains("$x_1 * y_1 * &lt;z&gt;$", page, StringComparison.Ordinal);
        Assert.Contains("<title>One title</title>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#section-3\">Three</a>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"section-3\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        var page = await RenderAsync(TestFolder.Markdown("# T\n\n![p](p.png)"), Shown("""{"text/html":"<b>x</b>"}"""));
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](https?:)?//""", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    private async Task<string> RenderAsync(params JsonObject[] cells) =>
        await NotebookPage.RenderAsync(Notebook.Read(folder.Notebook("page.ipynb", cells)));

    private static JsonObject Shown(string data) => Output($$"""{"output_type":"display_data","metadata":{},"data":{{data}}}""");

    private static JsonObject Output(string output)
    {
        var cell = TestFolder.Code("1");
        cell["outputs"] = new JsonArray(JsonNode.Parse(output));
        return cell;
    }

    [GeneratedRegex(@"plotly\.js v\d")]
    private static partial Regex PlotlyBanner();
}
