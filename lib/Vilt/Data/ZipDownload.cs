using System.IO.Compression;
using System.IO.Hashing;
using Vilt.Downloads;

namespace Vilt.Data;

/// <summary>
/// Fetches zip files and unpacks what is wanted from them; each file appears only when complete and checked. The zip is deleted at the end.
/// </summary>
/// <param name="web">Sends the requests.</param>
/// <param name="folder">Where to put files, an absolute path.</param>
/// <param name="progress">Receives the progress of downloads and unpacking.</param>
internal sealed class ZipDownload(WebClient web, string folder, IProgress<DownloadProgress>? progress)
{
    /// <summary>Fetches one file, unless it is there already.</summary>
    internal Task FileAsync(Uri zip, string file, CancellationToken cancellation) =>
        GetAsync(zip, () => File.Exists(Path.Combine(folder, file)), archive =>
            Unpack(archive.Entries.FirstOrDefault(entry => entry.Name == file)
                ?? throw new InvalidDataException($"it has no {file}"), Path.Combine(folder, file)), cancellation);

    /// <summary>Fetches a folder of files, unless all of its zip has been unpacked before.</summary>
    internal Task FolderAsync(Uri zip, string name, CancellationToken cancellation)
    {
        var done = Path.Combine(folder, name, ".complete");
        return GetAsync(zip, () => File.Exists(done), archive =>
        {
            UnpackAll(archive, name, cancellation);
            File.WriteAllBytes(done, []);
        }, cancellation);
    }

    private async Task GetAsync(Uri uri, Func<bool> isThere, Action<ZipArchive> unpack, CancellationToken cancellation)
    {
        if (isThere())
        {
            return;
        }

        string name = Path.GetFileName(uri.AbsolutePath), zip = Path.Combine(folder, name);
        using var alone = await FileLock.AcquireAsync(Path.Combine(folder, ".locks", name), cancellation).ConfigureAwait(false);
        if (isThere())
        {
            return;
        }

        if (!File.Exists(zip))
        {
            await FetchAsync(uri, name, zip, cancellation).ConfigureAwait(false);
        }

        try
        {
            using var archive = ZipFile.OpenRead(zip);
            unpack(archive);
        }
        catch (InvalidDataException error)
        {
            File.Delete(zip);
            throw new InvalidDataException($"{zip}, from {uri}, is damaged: {error.Message.TrimEnd('.')}. It was deleted; run this again to fetch it.", error);
        }

        File.Delete(zip);
    }

    private async Task FetchAsync(Uri uri, string name, string zip, CancellationToken cancellation)
    {
        var request = new WebRequest(HttpMethod.Head, uri);
        var (size, tag) = await web.RetryAsync(async token =>
        {
            using var response = await web.SendAsync(request, token).ConfigureAwait(false);
            return (response.Content.Headers.ContentLength, response.Headers.ETag?.Tag ?? "");
        }, cancellation).ConfigureAwait(false);
        var version = string.Concat(tag.Where(char.IsAsciiLetterOrDigit)); // what has arrived of another version is not part of this one
        var file = new RemoteFile(request with { Method = HttpMethod.Get }, name, size);
        await new FileDownload(web, file, $"{zip}.{version}.incomplete", progress).ToAsync(zip, cancellation).ConfigureAwait(false);
    }

    private void UnpackAll(ZipArchive archive, string name, CancellationToken cancellation)
    {
        // Only names count: a path in a zip file may lead anywhere.
        List<ZipArchiveEntry> files = [.. archive.Entries.Where(entry => ImageIndex.IdFromFileName(entry.Name) is not null)];
        if (files.Count == 0)
        {
            throw new InvalidDataException("it has no pictures");
        }

        Directory.CreateDirectory(Path.Combine(folder, name));
        for (var i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, name, files[i].Name);
            if (!File.Exists(path))
            {
                Unpack(files[i], path);
            }

            progress?.Report(new($"unpacking {name}", i + 1, files.Count));
        }
    }

    // .NET's archive does not compare checksums.
    private static void Unpack(ZipArchiveEntry entry, string path) => DiskSpace.Guard(path, () => AtomicFile.Write(path, stream =>
    {
        var checksum = new Crc32();
        long length = 0;
        var buffer = new byte[1 << 16];
        using var content = entry.Open();
        while (length <= entry.Length && content.Read(buffer) is > 0 and int count)
        {
            checksum.Append(buffer.AsSpan(0, count));
            stream.Write(buffer, 0, count);
            length += count;
        }

        if (length != entry.Length || checksum.GetCurrentHashAsUInt32() != entry.Crc32)
        {
            throw new InvalidDataException($"{entry.FullName} does not have the length and checksum that it should have");
        }
    }));
}
