using System.Globalization;
using System.Net;
using Vilt.Downloads;

namespace Vilt.Checkpoints.Hub;

/// <summary>What the hub says about one file, in the headers of its response.</summary>
/// <param name="Commit">The commit that the revision points to now.</param>
/// <param name="Tag">Its entity tag: a hash of the content.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record HubFile(string Commit, string Tag, long Size)
{
    private const string CommitHeader = "X-Repo-Commit";

    /// <summary>Whether a response describes the file itself, even if it redirects to the content.</summary>
    internal static bool IsIn(HttpResponseMessage response) => response.Headers.Contains(CommitHeader) && response.Headers.Location is { IsAbsoluteUri: true };

    /// <exception cref="DownloadException">The response is not from a hub.</exception>
    internal static HubFile Read(HttpResponseMessage response, Uri uri)
    {
        var commit = Header(response, CommitHeader);
        var tag = (Header(response, "X-Linked-Etag") ?? Header(response, "ETag"))?.Trim();
        if (tag?.StartsWith("W/", StringComparison.Ordinal) == true)
        {
            tag = tag[2..];
        }

        tag = tag?.Trim('"');
        var size = long.TryParse(Header(response, "X-Linked-Size"), NumberStyles.None, CultureInfo.InvariantCulture, out var linked) ? linked
            : response.StatusCode == HttpStatusCode.OK ? response.Content.Headers.ContentLength : null;
        if (commit is not null && HubName.IsCommit(commit) && tag is not null && HubName.IsTag(tag) && size is >= 0)
        {
            return new(commit, tag, size.Value);
        }

        throw new DownloadException($"{uri.Shown()} answered without the commit, the entity tag or the size of the file: it is not a Hugging Face hub, "
            + "or something in front of it drops headers. See HF_ENDPOINT and HTTPS_PROXY.");
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
