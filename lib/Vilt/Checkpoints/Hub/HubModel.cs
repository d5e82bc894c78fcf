using Vilt.Downloads;

namespace Vilt.Checkpoints.Hub;

/// <summary>One commit of a model on the Hugging Face hub, its files fetched when they are asked for and kept in the cache.</summary>
internal sealed class HubModel
{
    private const string KnownFile = "config.json"; // every checkpoint has one

    private readonly string model;
    private readonly string commit;
    private readonly HubSettings settings;
    private readonly HubCache cache;
    private readonly WebClient web;
    private readonly IProgress<DownloadProgress>? progress;
    private readonly DownloadException? unreachable; // why only the cache can be used

    private HubModel(string model, string commit, HubSettings settings, HubCache cache, WebClient web, IProgress<DownloadProgress>? progress, DownloadException? unreachable)
    {
        (this.model, this.commit, this.settings, this.cache) = (model, commit, settings, cache);
        (this.web, this.progress, this.unreachable) = (web, progress, unreachable);
    }

    /// <summary>The folder of the files that were fetched.</summary>
    internal string Folder => cache.Snapshot(commit);

    /// <summary>Finds the commit that a revision points to: from the hub, or from the cache if the hub can't be reached.</summary>
    /// <param name="model">Owner and name.</param>
    /// <param name="revision">A branch, a tag or a commit.</param>
    /// <param name="settings">The hub and the cache.</param>
    /// <param name="web">Sends the requests.</param>
    /// <param name="progress">Receives the progress of downloads.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <exception cref="DownloadException">The hub refused, or can't be reached and the cache has nothing.</exception>
    internal static async Task<HubModel> OpenAsync(
        string model, string revision, HubSettings settings, WebClient web, IProgress<DownloadProgress>? progress, CancellationToken cancellation = default)
    {
        var cache = new HubCache(settings, model);
        var cached = HubName.IsCommit(revision) ? revision : cache.CommitOf(revision);
        if (cached == revision && !settings.IsOffline)
        {
            return new(model, revision, settings, cache, web, progress, null);
        }

        DownloadException? unreachable = settings.IsOffline
            ? new($"HF_HUB_OFFLINE is set, and the cache {settings.Cache} does not have all the files needed from {model} ({revision}). Go online and unset it once to fetch them.")
            : null;
        try
        {
            if (unreachable is null)
            {
                var request = Request(HttpMethod.Head, model, revision, KnownFile, settings);
                Func<CancellationToken, Task<HubFile>> ask = token => AskAsync(web, request, token);
                var file = await (cached is null ? web.RetryAsync(ask, cancellation) : ask(cancellation)).ConfigureAwait(false); // no long wait where the cache will do
                cache.Remember(revision, file.Commit);
                return new(model, file.Commit, settings, cache, web, progress, null);
            }
        }
        catch (DownloadException error) when (cached is not null)
        {
            unreachable = error;
        }

        return new(model, cached ?? throw unreachable!, settings, cache, web, progress, unreachable);
    }

    /// <summary>Gives a file's path, after fetching it if needed.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="cancellation">Cancels the download; what has arrived is kept.</param>
    /// <returns>The path, or null if the model has no such file, or the hub can't be reached.</returns>
    /// <exception cref="DownloadException">It exists but can't be fetched.</exception>
    internal async Task<string?> FetchAsync(string file, CancellationToken cancellation = default)
    {
        var path = Path.Combine(Folder, file);
        if (File.Exists(path))
        {
            return path;
        }

        if (unreachable is not null || cache.IsKnownMissing(commit, file))
        {
            return null;
        }

        var request = Request(HttpMethod.Head, model, commit, file, settings);
        var found = await web.RetryAsync(token => FindAsync(request, token), cancellation).ConfigureAwait(false);
        if (found is null)
        {
            cache.RememberMissing(commit, file);
            return null;
        }

        using (await FileLock.AcquireAsync(cache.Lock(found.Tag), cancellation).ConfigureAwait(false))
        {
            var blob = cache.Blob(found.Tag);
            Directory.CreateDirectory(Path.GetDirectoryName(blob)!);
            var remote = new RemoteFile(request with { Method = HttpMethod.Get, StaysAt = null }, $"{model}/{file}", found.Size, ContentHash.FromETag(found.Tag));
            if (!File.Exists(blob))
            {
                await new FileDownload(web, remote, blob + ".incomplete", progress).ToAsync(blob, cancellation).ConfigureAwait(false);
            }

            cache.Link(commit, file, found.Tag);
        }

        return path;
    }

    /// <summary>The error for a file that is needed but was not found.</summary>
    internal Exception Missing(string files) => unreachable is not null
        ? new DownloadException($"{files} of {model} is not in the cache {settings.Cache}, and the hub can't be reached: {unreachable.Message}", unreachable)
        : new FileNotFoundException($"{model} on {settings.Endpoint.Host} (commit {commit}) has no {files}.");

    private async Task<HubFile?> FindAsync(WebRequest request, CancellationToken cancellation)
    {
        var isMissing = false;
        try
        {
            var watched = request with { Explain = response => (isMissing = HubAnswers.IsMissingFile(response)) ? "" : request.Explain!(response) };
            return await AskAsync(web, watched, cancellation).ConfigureAwait(false);
        }
        catch (DownloadException) when (isMissing)
        {
            return null;
        }
    }

    private static async Task<HubFile> AskAsync(WebClient web, WebRequest request, CancellationToken cancellation)
    {
        using var response = await web.SendAsync(request, cancellation).ConfigureAwait(false);
        return HubFile.Read(response, request.Uri);
    }

    private static WebRequest Request(HttpMethod method, string model, string revision, string file, HubSettings settings) =>
        new(method, new Uri(settings.Endpoint, $"{model}/resolve/{Uri.EscapeDataString(revision)}/{Uri.EscapeDataString(file)}"))
        {
            Token = settings.Token,
            Explain = new HubAnswers(model, revision, settings).Explain,
            StaysAt = HubFile.IsIn,
        };
}
