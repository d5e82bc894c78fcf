using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vilt.Notebooks.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace Vilt.Explorer.Tests.Browser;

/// <summary>The page below a path of another server, as jupyter-server-proxy and VS Code's port forwarding show it, and in a frame there.</summary>
[Trait("Needs", "Browser")]
public sealed class ProxyTests(RunningExplorer explorer) : IAsyncDisposable
{
    private const string Path = "/user/ann/proxy/8877";

    private readonly HttpClient http = new();
    private WebApplication? proxy;

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }

        http.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/frame")]
    public async Task It_works_below_any_path_and_in_a_frame(string shell)
    {
        await using var chromium = await Chromium.StartAsync();
        var address = await StartAsync();
        const string State = "#picture=example-zebra&question=how+many+zebras+are+on+the+picture&answer=2";
        await chromium.Page.GotoAsync($"{address}{(shell.Length > 0 ? shell : Path + "/" + explorer.Address.Query)}{State}");
        var page = shell.Length > 0 ? chromium.Page.FrameLocator("iframe").Locator("body") : chromium.Page.Locator("body");
        await Expect(page.Locator("#answers button").First).ToContainTextAsync("2");
        await Expect(page.Locator(".facts")).ToContainTextAsync("30 of 30");
        await page.Locator("#why").GetByText("Save picture").ClickAsync();
        Assert.Empty(chromium.Logged);
    }

    private async Task<string> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        proxy = builder.Build();
        proxy.MapGet("/frame", () => TypedResults.Content(
            $"<!DOCTYPE html><title>notebook</title><link rel=icon href=data:,><iframe style=\"width:1300px;height:900px\" src=\"{explorer.Address}#picture=example-zebra&amp;question=how+many+zebras+are+on+the+picture&amp;answer=2\"></iframe>",
            "text/html"));
        proxy.Map(Path + "/{**rest}", ForwardAsync);
        await proxy.StartAsync(TestContext.Current.CancellationToken);
        return proxy.Urls.First();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var request = new HttpRequestMessage(
            new(context.Request.Method), new Uri(explorer.Address, context.Request.Path.Value![Path.Length..] + context.Request.QueryString))
        {
            Content = context.Request.ContentLength is null or 0 ? null : new StreamContent(context.Request.Body),
        };
        foreach (var header in context.Request.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]) || (request.Content?.Headers.TryAddWithoutValidation(header.Key, [.. header.Value]) ?? false);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[1 << 16];
        while (await body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
