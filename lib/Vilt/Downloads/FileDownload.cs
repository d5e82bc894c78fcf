using System.Net;

namespace Vilt.Downloads;

/// <summary>
/// Fetches one file. What has arrived is kept in <paramref name="part"/>, and a later process resumes from it; the file
/// itself appears only when complete and checked. The caller makes sure that nothing else works on the same part.
/// </summary>
/// <param name="web">Sends the requests.</param>
/// <param name="file">What to fetch.</param>
/// <param name="part">Where to keep what has arrived.</param>
/// <param name="progress">Receives the progress after each piece.</param>
internal sealed class FileDownload(WebClient web, RemoteFile file, string part, IProgress<DownloadProgress>? progress)
{
    private const int Piece = 1 << 17;

    private long most; // the most bytes so far: an attempt that ends with more has made progress

    private Uri Uri => file.Request.Uri;

    /// <summary>Fetches the file, checks it and moves it to its place.</summary>
    /// <exception cref="DownloadException">It can't be fetched completely; what has arrived is kept.</exception>
    internal async Task ToAsync(string target, CancellationToken cancellation)
    {
        var problem = await FetchAsync(cancellation).ConfigureAwait(false);
        if (problem is not null)
        {
            problem = await FetchAsync(cancellation).ConfigureAwait(false); // the earlier part may have been the damaged one
        }

        if (problem is not null)
        {
            throw new DownloadException(problem);
        }

        File.Move(part, target, overwrite: true);
    }

    /// <summary>Completes the part; says what is wrong with it, which is then deleted, or null.</summary>
    private async Task<string?> FetchAsync(CancellationToken cancellation)
    {
        most = 0;
        DiskSpace.Check(part, file, PartLength());
        while (!await web.RetryAsync(GoOnAsync, cancellation).ConfigureAwait(false))
        {
        }

        if (file.Hash is null)
        {
            return null;
        }

        var actual = await file.Hash.OfAsync(part, cancellation).ConfigureAwait(false);
        if (actual == file.Hash)
        {
            return null;
        }

        File.Delete(part);
        return $"{Uri.Shown()} came with the wrong content: its hash is {actual.Hex}, expected {file.Hash.Hex}. It was deleted; try again, "
            + "and if that does not help, look for a proxy or filter between this computer and the server.";
    }

    /// <summary>One attempt to complete the part: false if it was cut off but made progress.</summary>
    private async Task<bool> GoOnAsync(CancellationToken cancellation)
    {
        var have = PartLength();
        if (have > file.Size)
        {
            File.Delete(part);
        }

        if (have == file.Size && File.Exists(part))
        {
            return true;
        }

        have = PartLength();
        using var response = await AskAsync(have, cancellation).ConfigureAwait(false);
        if (response is null)
        {
            return false;
        }

        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            have = 0; // the server sends all of it, whatever was asked for
        }

        var total = response.Content.Headers.ContentRange?.Length ?? response.Content.Headers.ContentLength + have;
        if (file.Size is long size && total is not null && total != size)
        {
            throw ConnectionProblem.Cut(Uri, $"the server sends {total} bytes, but announced {size}");
        }

        try
        {
            have = await ReceiveAsync(response, have, total ?? file.Size, cancellation).ConfigureAwait(false);
            if (have == (total ?? file.Size ?? have))
            {
                return true;
            }

            throw ConnectionProblem.Cut(Uri, $"the connection ended after {have} of {total ?? file.Size} bytes");
        }
        catch (DownloadException error) when (error.IsTransient && PartLength() > most)
        {
            most = PartLength();
            return false;
        }
    }

    /// <summary>Asks for what is missing; null if the server says there is no such range, and the part starts over.</summary>
    private async Task<HttpResponseMessage?> AskAsync(long have, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await web.SendAsync(file.Request with { From = have }, cancellation).ConfigureAwait(false);
        }
        catch (DownloadException error) when (error.Status == HttpStatusCode.RequestedRangeNotSatisfiable && have > 0)
        {
            File.Delete(part);
            return null;
        }

        if (response.StatusCode != HttpStatusCode.PartialContent || response.Content.Headers.ContentRange?.From == have)
        {
            return response;
        }

        response.Dispose();
        throw ConnectionProblem.Cut(Uri, $"the server sent other bytes than the requested ones, from {have} on");
    }

    private async Task<long> ReceiveAsync(HttpResponseMessage response, long have, long? total, CancellationToken cancellation)
    {
        var buffer = new byte[Piece];
        var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var stream = DiskSpace.Guard(part, () => Open(have));
        progress?.Report(new(file.Name, have, total));
        while (await web.ReadAsync(content, buffer, Uri, cancellation).ConfigureAwait(false) is > 0 and int count)
        {
            if (have + count > total)
            {
                throw ConnectionProblem.Cut(Uri, $"the server sends more than the {total} bytes announced");
            }

            DiskSpace.Guard(part, () => stream.Write(buffer, 0, count));
            have += count;
            progress?.Report(new(file.Name, have, total));
        }

        DiskSpace.Guard(part, () => stream.Flush(flushToDisk: true));
        return have;
    }

    private FileStream Open(long have)
    {
        var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        if (have == 0 && stream.CanSeek)
        {
            stream.SetLength(0);
        }

        if (stream.CanSeek)
        {
            stream.Position = have;
        }

        return stream;
    }

    private long PartLength() => File.Exists(part) ? new FileInfo(part).Length : 0;
}
