using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Vilt.Checkpoints;
using Vilt.Checkpoints.Hub;
using Vilt.Downloads;
using Vilt.Tests.Downloads;

namespace Vilt.Tests.Checkpoints.Hub;

/// <summary>A hub with one model, in a cache folder of its own. It answers as the real one: weights come from another host.</summary>
internal sealed class TestHub : IDisposable
{
    public const string Model = "someone/tiny-vilt", Weights = "model.safetensors";

    private readonly TemporaryFolder cache = new();

    public TestHub() => Server = new(AnswerAsync);

    public LoopbackServer Server { get; }

    public string Commit { get; set; } = new('a', 40);

    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>The token without which nothing is given.</summary>
    public string? Token { get; init; }

    /// <summary>Answers instead of the hub where it returns true.</summary>
    public Func<HttpContext, Task<bool>> Fault { get; set; } = _ => Task.FromResult(false);

    public ImpatientClock Clock { get; } = new();

    public HubSettings Settings => new(Server.Uri, cache.Path);

#pragma warning disable CA5350 // Git's blob id, which the hub uses as entity tag, is of SHA-1
    public static string TagOf(byte[] content, bool isLarge) => isLarge
        ? Convert.ToHexStringLower(SHA256.HashData(content))
        : Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350

    public static bool IsLarge(string file) => file.EndsWith(".safetensors", StringComparison.Ordinal) || file.EndsWith(".bin", StringComparison.Ordinal);

    /// <summary>A hub with the files of a checkpoint of the goldens.</summary>
    public static TestHub Of(string checkpoint)
    {
        var hub = new TestHub();
        foreach (var file in Directory.GetFiles(checkpoint))
        {
            hub.Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        }

        return hub;
    }

    public WebClient Web(TimeSpan? patience = null) => new(Clock) { Patience = patience ?? TimeSpan.FromSeconds(20) };

    public ViltCheckpoint Open(HubSettings? settings = null, string? revision = null, TimeSpan? patience = null) =>
        ViltCheckpoint.From(Model, revision, null, () => settings ?? Settings, Web(patience));

    /// <summary>Fetches one file, and gives its content.</summary>
    public async Task<byte[]?> FetchAsync(string file, HubSettings? settings = null, TimeSpan? patience = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var model = await HubModel.OpenAsync(Model, Commit, settings ?? Settings, Web(patience), null, cancellation);
        return await model.FetchAsync(file, cancellation) is string path ? await File.ReadAllBytesAsync(path, cancellation) : null;
    }

    public string InCache(params string[] parts) => Path.Combine([cache.Path, "models--someone--tiny-vilt", .. parts]);

    public string Blob(string file) => InCache("blobs", TagOf(Files[file], IsLarge(file)));

    /// <summary>Whether a request is for a file's content.</summary>
    public static bool IsContent(HttpContext context) => context.Request.Method == "GET" && context.Response.StatusCode == 200
        && (context.Request.Path.StartsWithSegments("/content") || !IsLarge(context.Request.Path));

    /// <summary>Answers with a status, and with the code of an error that the hub gives beside it.</summary>
    public static Task<bool> Answer(HttpContext context, int status, string? code = null)
    {
        context.Response.StatusCode = status;
        if (code is not null)
        {
            context.Response.Headers["X-Error-Code"] = code;
        }

        return Task.FromResult(true);
    }

    public void Dispose()
    {
        Server.Dispose();
        cache.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (await Fault(context))
        {
            return;
        }

        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is ["content", string wanted])
        {
            await LoopbackServer.Give(context, Files[wanted]);
            return;
        }

        (int Status, string Code)? refusal = parts is not [_, _, "resolve", string revision, string file] ? (404, "")
            : $"{parts[0]}/{parts[1]}" != Model || (Token is not null && context.Request.Headers.Authorization != $"Bearer {Token}") ? (401, "RepoNotFound")
            : revision != "main" && revision != Commit ? (404, "RevisionNotFound")
            : !Files.ContainsKey(file) ? (404, "EntryNotFound") : null;
        if (refusal is var (status, code))
        {
            await Answer(context, status, code);
            return;
        }

        await GiveAsync(context, parts[^1]);
    }

    private async Task GiveAsync(HttpContext context, string file)
    {
        var content = Files[file];
        var isLarge = IsLarge(file);
        context.Response.Headers["X-Repo-Commit"] = Commit;
        context.Response.Headers[isLarge ? "X-Linked-Etag" : "ETag"] = $"\"{TagOf(content, isLarge)}\"";
        if (!isLarge)
        {
            await LoopbackServer.Give(context, content);
            return;
        }

        context.Response.Headers["X-Linked-Size"] = $"{content.Length}";
        context.Response.Headers.Location = new Uri(Server.OtherUri, $"content/{file}").ToString();
        context.Response.StatusCode = 302;
    }
}
