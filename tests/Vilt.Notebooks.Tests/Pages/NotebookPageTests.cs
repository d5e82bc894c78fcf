using System.Text;
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

    [Theory]
    [InlineData("../outside/secret.png")]
    [InlineData("{0}/outside/secret.png")]
    [InlineData("file://{0}/outside/secret.png")]
    [InlineData("link.png")]
    [InlineData("linked/secret.png")]
    [InlineData("pipe.png")]
    [InlineData("zero.png")]
    [InlineData("large.png")]
    [InlineData("picture.png/../../outside/secret.png")]
    [InlineData("x%00.png")]
    public async Task No_other_file_gets_into_the_page(string source)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and pipes are made as Unix has them.");
        folder.Write("outside/secret.png", "secret");
        folder.Write("lesson/picture.png", "beside");
        File.CreateSymbolicLink(folder["lesson/link.png"], folder["outside/secret.png"]);
        Directory.CreateSymbolicLink(folder["lesson/linked"], folder["outside"]);
        File.CreateSymbolicLink(folder["lesson/zero.png"], "/dev/zero");
        using (var large = File.Create(folder["lesson/large.png"]))
        {
            large.SetLength(17 << 20);
        }

        using var pipe = System.Diagnostics.Process.Start("mkfifo", [folder["lesson/pipe.png"]]);
        await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        source = source.Replace("{0}", folder.Path, StringComparison.Ordinal);
        var path = folder.Notebook("lesson/n.ipynb", TestFolder.Markdown($"![a]({source})\n\n<img src=\"{source}\">\n\n![b](picture.png)"));
        var page = await NotebookPage.RenderAsync(Notebook.Read(path), folder["lesson"]);
        var embedded = Assert.Single(Embedded().Matches(page));
        Assert.Equal("beside", Encoding.UTF8.GetString(Convert.FromBase64String(embedded.Groups["content"].Value)));
    }

    [Theory]
    [InlineData("image/png\" onerror=\"x", "QUJD")]
    [InlineData("text/html", "QUJD")]
    [InlineData("image/png", "QUJD\"><script>")]
    public async Task An_attachment_or_output_that_is_no_picture_is_none(string type, string content)
    {
        var attached = TestFolder.Markdown("![x](attachment:x.png)");
        attached["attachments"] = new JsonObject { ["x.png"] = new JsonObject { [type] = content } };
        var shown = Shown(new JsonObject { [type == "text/html" ? "image/x" : type] = content }.ToJsonString());
        var page = await RenderAsync(attached, shown);
        Assert.DoesNotContain("QUJD", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=http://a.example\">")]
    [InlineData("<LINK rel=preconnect href=http://a.example>")]
    [InlineData("<p title='<base href=http://a.example>'>")]
    [InlineData("<svg><style><iframe src=x></svg>")]
    [InlineData("<iframe\tsrcdoc=x></iframe>")]
    public async Task Elements_that_lead_elsewhere_are_taken_out_of_markdown_and_outputs(string html)
    {
        var page = await RenderAsync(TestFolder.Markdown(html), Shown(new JsonObject { ["text/html"] = html }.ToJsonString()));
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..];
        Assert.DoesNotMatch("(?i)</?(meta|link|base|iframe)", body);
    }

    [Theory]
    [InlineData("*a ", 20_000)]
    [InlineData(">", 20_000)]
    [InlineData("[", 20_000)]
    [InlineData("- ", 5_000)]
    public async Task Markdown_nested_too_deeply_does_not_take_the_rest_along(string piece, int count)
    {
        var page = await RenderAsync(TestFolder.Markdown(string.Concat(Enumerable.Repeat(piece, count))), TestFolder.Markdown("# After"));
        Assert.Contains(">After</h1>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("""{"output_type":"stream","name":"stdout","text":5}""")]
    [InlineData("""{"output_type":"error","traceback":{"a":1}}""")]
    [InlineData("""{"output_type":["stream"],"data":{"text/html":5,"image/png":{},"text/plain":[1]}}""")]
    [InlineData("""{"output_type":"display_data","data":[]}""")]
    public async Task An_old_output_of_no_known_kind_is_passed_over(string output) =>
        Assert.Contains("after", await RenderAsync(Output(output), TestFolder.Markdown("after")), StringComparison.Ordinal);

    [Fact]
    public async Task Plain_pages_show_code_and_markdown_as_written()
    {
        var path = folder.Notebook("n.ipynb", TestFolder.Markdown("*a* <b>"), TestFolder.Code("var x = \"<\";"));
        var page = await NotebookPage.RenderAsync(Notebook.Read(path), folder.Path, plain: true);
        Assert.Contains("<pre>*a* &lt;b&gt;</pre>", page, StringComparison.Ordinal);
        Assert.Contains("<code>var x = &quot;&lt;&quot;;</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_has_tables_html_and_formulas()
    {
        var page = await RenderAsync(TestFolder.Markdown("# One *title*\n\n|a|b|\n|-|-|\n|1|2|\n\n<details>more</details>\n\n$x_1 < y$ and $\\unknown * <z>$\n\n$$\na = b\n$$\n\n## Two\n\n## Three"));
        Assert.Contains("<td>2</td>", page, StringComparison.Ordinal);
        Assert.Contains("<details>more</details>", page, StringComparison.Ordinal);
        Assert.Contains("<msub><mi>x</mi><mn>1</mn></msub><mo>&lt;</mo><mi>y</mi></mrow></math>", page, StringComparison.Ordinal);
        Assert.Contains("$\\unknown * &lt;z&gt;$", page, StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\" tabindex=\"0\" alttext=\"a = b\">", page, StringComparison.Ordinal);
        Assert.Contains("<title>One title</title>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#section-3\">Three</a>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"section-3\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        var page = await RenderAsync(TestFolder.Markdown("# T\n\n![p](p.png)"), Shown("""{"text/html":"<b>x</b>"}"""));
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](https?:)?//""", page);
        foreach (var rule in new[] { "default-src 'none'", "script-src 'none'", "form-action 'none'", "base-uri 'none'" })
        {
            Assert.Contains(rule, page, StringComparison.Ordinal);
        }
    }

    private async Task<string> RenderAsync(params JsonObject[] cells) =>
        await NotebookPage.RenderAsync(Notebook.Read(folder.Notebook("page.ipynb", cells)), folder.Path);

    private static JsonObject Shown(string data) => Output($$"""{"output_type":"display_data","metadata":{},"data":{{data}}}""");

    private static JsonObject Output(string output)
    {
        var cell = TestFolder.Code("1");
        cell["outputs"] = new JsonArray(JsonNode.Parse(output));
        return cell;
    }

    [GeneratedRegex("data:image/png;base64,(?<content>[^\"]*)")]
    private static partial Regex Embedded();

    [GeneratedRegex(@"plotly\.js v\d")]
    private static partial Regex PlotlyBanner();
}
