using System.Text;
using Vilt.Downloads;

namespace Vilt.Data;

/// <summary>The pictures of a COCO split, fetched one by one into a folder that is marked for it.</summary>
/// <param name="folder">The folder of the pictures.</param>
/// <param name="split">The split that they belong to.</param>
/// <param name="sites">Where they come from.</param>
/// <param name="web">Sends the requests.</param>
internal sealed class CocoPictures(string folder, Vqav2Split split, Vqav2Sites sites, WebClient web)
{
    private const string MarkFile = ".fetch-from-coco";
    private const int LargestPicture = 1 << 26; // bytes; COCO's have a few hundred thousand

    /// <summary>Marks a folder: pictures of a split that it lacks are to be fetched when they are asked for.</summary>
    internal static void Mark(string folder, Vqav2Split split) =>
        AtomicFile.Write(Path.Combine(folder, MarkFile), stream => stream.Write(Encoding.ASCII.GetBytes(split.Pictures + "\n")));

    /// <summary>The source of pictures for a folder, or null if it is not marked.</summary>
    /// <exception cref="InvalidDataException">The mark does not name a split.</exception>
    internal static CocoPictures? For(string folder)
    {
        var mark = Path.Combine(folder, MarkFile);
        if (!File.Exists(mark))
        {
            return null;
        }

        var name = File.ReadAllText(mark).Trim();
        var split = Vqav2Split.All.FirstOrDefault(known => known.Pictures == name) ?? throw new InvalidDataException(
            $"{mark} holds \"{name}\"; expected {string.Join(" or ", Vqav2Split.All.Select(known => known.Pictures))}. Delete it if no pictures are to be fetched.");
        return new(folder, split, Vqav2Sites.FromEnvironment(), new WebClient());
    }

    /// <summary>Where a picture goes.</summary>
    internal string PathOf(long imageId) => Path.Combine(folder, split.PictureFile(imageId));

    /// <summary>Fetches a picture; it appears only when complete, and only if it can be decoded.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="DownloadException">It can't be fetched.</exception>
    internal async Task<string> FetchAsync(long imageId, CancellationToken cancellation)
    {
        var path = PathOf(imageId);
        if (File.Exists(path))
        {
            return path; // another process was quicker
        }

        var uri = sites.Picture(split, imageId);
        var request = new WebRequest(HttpMethod.Get, uri)
        {
            Explain = response => response.StatusCode == System.Net.HttpStatusCode.NotFound
                ? $"{sites.Coco.Host} has no picture {imageId} in {split.Pictures} ({uri})." : null,
        };
        var picture = await web.RetryAsync(token => ReadAsync(request, token), cancellation).ConfigureAwait(false);
        DiskSpace.Guard(path, () => AtomicFile.Write(path, stream => stream.Write(picture)));
        return path;
    }

    private async Task<byte[]> ReadAsync(WebRequest request, CancellationToken cancellation)
    {
        using var response = await web.SendAsync(request, cancellation).ConfigureAwait(false);
        var content = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var picture = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (await web.ReadAsync(content, buffer, request.Uri, cancellation).ConfigureAwait(false) is > 0 and int count)
        {
            if (picture.Length + count > LargestPicture)
            {
                throw new DownloadException($"{request.Uri} is longer than any picture of COCO.");
            }

            picture.Write(buffer, 0, count);
        }

        var file = picture.ToArray();
        try
        {
            using var reader = PictureReader.Open(file, request.Uri.ToString());
            reader.ReadAll();
        }
        catch (InvalidDataException error)
        {
            throw new DownloadException($"What came from {request.Uri} is not a complete picture: {error.Message}", error) { IsTransient = true };
        }

        return file;
    }
}
