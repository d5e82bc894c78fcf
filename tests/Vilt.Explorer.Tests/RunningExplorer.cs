using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Vilt.Data;
using Vilt.Pipelines;
using Vilt.Scenes;
using Vilt.Tests;

namespace Vilt.Explorer.Tests;

/// <summary>The explorer with the Zoo's model and a small Zoo, and requests to it.</summary>
public sealed class RunningExplorer : IAsyncLifetime
{
    private const int Pictures = 20, Seed = 3;

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();

    public static string Assets { get; } = Path.Combine(RootAbove(AppContext.BaseDirectory), "assets");

    public VqaPipeline Vqa { get; } = VqaPipeline.From(Path.Combine(Assets, "vilt-zoo-finetuned-vqa"));

    public ExplorerOptions Options { get; private set; } = null!;

    public ExplorerServer Server { get; private set; } = null!;

    public Uri Address => Server.Address;

    public string Token => Address.Query.Split('=')[1];

    public static string Asset(string name) => Path.Combine(Assets, name);

    public async ValueTask InitializeAsync()
    {
        Zoo.Draw(folder.Path, Pictures, Seed);
        Options = new([new("zoo", Vqa), new("same", Vqa)], VqaFolder.Read(folder.Path).Examples)
        {
            Masks = ZooMasks.Read(folder.Path),
            Pictures = [Asset("zebra.png"), Asset("elephant.png")],
            Page = (chart, explanation) => $"<!DOCTYPE html><title>{chart.Description}</title>{explanation.ToHtml()}",
        };
        Server = await ExplorerServer.StartAsync(Options);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        http.Dispose();
        Vqa.Dispose();
        folder.Dispose();
    }

    /// <summary>A request as the page makes it.</summary>
    public HttpRequestMessage Request(HttpMethod method, string path, object? json = null, string client = "test")
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = json is null ? null : JsonContent.Create(json) };
        request.Headers.Add("X-Vilt-Token", Token);
        request.Headers.Add("X-Vilt-Client", client);
        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) =>
        http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public async Task<JsonElement> GetAsync(string path) => await JsonAsync(await SendAsync(Request(HttpMethod.Get, path)));

    public async Task<JsonElement> PostAsync(string path, object json, string client = "test") =>
        await JsonAsync(await SendAsync(Request(HttpMethod.Post, path, json, client)));

    public async Task<string> UploadAsync(byte[] file)
    {
        var request = Request(HttpMethod.Post, "api/pictures");
        request.Content = new ByteArrayContent(file);
        return (await JsonAsync(await SendAsync(request))).GetProperty("id").GetString()!;
    }

    /// <summary>The maps of an explanation as they come.</summary>
    public async IAsyncEnumerable<JsonElement> ExplainAsync(object why, string client = "test", [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var request = Request(HttpMethod.Post, "api/explain", why, client);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellation)).EnumerateAsync(cancellation))
        {
            Assert.Equal("map", item.EventType);
            yield return JsonDocument.Parse(item.Data).RootElement;
        }
    }

    /// <summary>The refusal of a request.</summary>
    public static async Task<(int Status, string Message)> RefusalAsync(HttpResponseMessage response)
    {
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, json.RootElement.GetProperty("error").GetString()!);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, text);
            return JsonDocument.Parse(text).RootElement;
        }
    }

    private static string RootAbove(string folder) =>
        File.Exists(Path.Combine(folder, "Vilt.Notebooks.sln")) ? folder : RootAbove(Path.GetDirectoryName(folder)!);
}
