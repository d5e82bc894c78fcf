using System.Net;

namespace Vilt.Explorer.Tests.Access;

public sealed class GateTests(RunningExplorer explorer)
{
    public static TheoryData<string, string, string> Strangers => new()
    {
        { "X-Vilt-Token", "wrong", "token" },
        { "Origin", "https://evil.example", "Only this page" },
        { "Origin", "null", "Only this page" },
        { "Host", "evil.example", "evil.example" },
        { "Host", "192.168.0.7:8877", "192.168.0.7" },
        { "Sec-Fetch-Site", "cross-site", "another site" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task A_stranger_is_refused(string header, string value, string told)
    {
        using var request = explorer.Request(HttpMethod.Get, "api/about");
        request.Headers.Remove(header);
        request.Headers.Add(header, value);
        var (status, message) = await RunningExplorer.RefusalAsync(await explorer.SendAsync(request));
        Assert.Equal(403, status);
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=0123456789")]
    public async Task The_page_asks_for_the_token_too(string query)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(explorer.Address, query.Length == 0 ? "/" : query), TestContext.Current.CancellationToken);
        var (status, message) = await RunningExplorer.RefusalAsync(response);
        Assert.Equal((403, true), (status, message.Contains("whole address", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_tokens_cookie_stays_with_the_page_and_the_page_runs_no_script_but_its_own()
    {
        using var cookies = new HttpClientHandler { UseCookies = true };
        using var http = new HttpClient(cookies);
        using var page = await http.GetAsync(explorer.Address, TestContext.Current.CancellationToken);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(["nosniff"], page.Headers.GetValues("X-Content-Type-Options"));
        using var later = await http.GetAsync(new Uri(explorer.Address, "/api/about"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task Another_machines_addresses_are_good_where_the_page_is_opened_to_them()
    {
        await using var open = await ExplorerServer.StartAsync(explorer.Options with { Host = "0.0.0.0", ProxyHosts = ["hub.example.org"] }, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        foreach (var (host, status) in new[] { ("192.168.0.7", 200), ("hub.example.org", 200), (Environment.MachineName, 200), ("evil.example", 403) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{open.Address.Port}/{open.Address.Query}"));
            request.Headers.Host = $"{host}:{open.Address.Port}";
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((host, status), (host, (int)response.StatusCode));
        }
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        var error = await Assert.ThrowsAsync<IOException>(() => ExplorerServer.StartAsync(explorer.Options with { Port = explorer.Address.Port }, TestContext.Current.CancellationToken));
        Assert.Contains($"{explorer.Address.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--port", error.Message, StringComparison.Ordinal);
    }
}
