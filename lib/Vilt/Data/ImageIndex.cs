using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Vilt.Downloads;

namespace Vilt.Data;

/// <summary>A picture that could not be fetched.</summary>
/// <param name="ImageId">Its COCO image id.</param>
/// <param name="Reason">Why.</param>
public sealed record UnfetchedPicture(long ImageId, string Reason);

/// <summary>
/// The pictures of a folder by their COCO image id, and the ids by file. In a folder that <see cref="Vqav2"/> has marked
/// (<see cref="Vqav2Images.Needed"/>), a picture that is not there is fetched when it is first asked for. Threads may share it.
/// </summary>
public sealed partial class ImageIndex
{
    private const int MostAtOnce = 8; // connections to a server that is free for everyone

    private readonly string folder;
    private readonly CocoPictures? coco;
    private readonly ConcurrentDictionary<long, string> paths = [];
    private readonly ConcurrentDictionary<string, long> ids = [];
    private readonly ConcurrentDictionary<long, Lazy<Task<string>>> fetches = [];

    private ImageIndex(string folder, CocoPictures? coco) => (this.folder, this.coco) = (folder, coco);

    /// <summary>The number of pictures in the folder.</summary>
    public int Count => paths.Count;

    /// <summary>The files of the pictures in the folder.</summary>
    public IEnumerable<string> Files => paths.Values;

    /// <summary>Whether pictures that are not in the folder are fetched when they are asked for.</summary>
    public bool FetchesPictures => coco is not null;

    /// <summary>Lists the pictures of a folder, without its subfolders; files without an image id in their name are skipped.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two files have the same image id.</exception>
    public static ImageIndex FromFolder(string folder) => FromFolder(folder, IdFromFileName);

    /// <summary>The same with another rule for the image ids in file names.</summary>
    internal static ImageIndex FromFolder(string folder, Func<string, long?> idOf) => FromFolder(folder, CocoPictures.For, idOf);

    internal static ImageIndex FromFolder(string folder, Func<string, CocoPictures?> source, Func<string, long?>? idOf = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected the folder of the pictures.");
        }

        var index = new ImageIndex(folder, source(folder));
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if ((idOf ?? IdFromFileName)(Path.GetFileName(path)) is long id)
            {
                index.Add(id, path);
            }
        }

        return index;
    }

    /// <summary>
    /// The image id in a COCO file name: the twelve digits before ".jpg" or ".png", so "COCO_val2014_000000501080.jpg" is
    /// 501080; null where the name has another form. The rule is the one that the ViLT fine-tuning tutorial uses.
    /// </summary>
    public static long? IdFromFileName(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        var match = FileName().Match(fileName);
        return match.Success ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The file of a picture, which is fetched if it has to be.</summary>
    /// <exception cref="KeyNotFoundException">No file of the folder has this image id.</exception>
    /// <exception cref="DownloadException">It has to be fetched and can't be.</exception>
    public string PathOf(long imageId)
    {
        if (paths.TryGetValue(imageId, out var path))
        {
            return path;
        }

        if (coco is not null)
        {
            return Task.Run(() => FetchAsync(imageId, CancellationToken.None)).GetAwaiter().GetResult();
        }

        throw new KeyNotFoundException($"{folder}: no picture with image id {imageId}; expected a file whose name ends in {imageId:D12}.jpg or .png.");
    }

    /// <summary>
    /// Finds the file of a picture without fetching it: if it is still to be fetched, this is where it will be.
    /// False if the folder holds none with this image id, and pictures are not fetched.
    /// </summary>
    public bool TryPathOf(long imageId, [NotNullWhen(true)] out string? path) =>
        paths.TryGetValue(imageId, out path) || (path = coco?.PathOf(imageId)) is not null;

    /// <summary>Whether a picture is in the folder.</summary>
    public bool Contains(long imageId) => paths.ContainsKey(imageId);

    /// <summary>Fetches several pictures, some at a time. One that can't be fetched does not hold up the others.</summary>
    /// <param name="imageIds">The pictures; those that are there are left alone.</param>
    /// <param name="progress">Receives the progress after each picture.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>Those that could not be fetched, with the reasons.</returns>
    public async Task<IReadOnlyList<UnfetchedPicture>> FetchAsync(
        IEnumerable<long> imageIds, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(imageIds);
        List<long> missing = [.. imageIds.Distinct().Where(id => !Contains(id))];
        if (coco is null)
        {
            return [.. missing.Select(id => new UnfetchedPicture(id, $"{folder} does not have it."))];
        }

        ConcurrentBag<UnfetchedPicture> failures = [];
        var done = 0;
        var options = new ParallelOptions() { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(missing, options, async (id, token) =>
        {
            try
            {
                await FetchAsync(id, token).ConfigureAwait(false);
            }
            catch (DownloadException error)
            {
                failures.Add(new(id, error.Message));
            }

            progress?.Report(new("pictures", Interlocked.Increment(ref done), missing.Count));
        }).ConfigureAwait(false);
        return [.. failures.OrderBy(failure => failure.ImageId)];
    }

    /// <summary>The image id of a file of the folder.</summary>
    /// <param name="path">The file, named as <see cref="PathOf"/> names it.</param>
    /// <exception cref="KeyNotFoundException">The file is not in the index.</exception>
    public long IdOf(string path) => ids.TryGetValue(path, out var id)
        ? id
        : throw new KeyNotFoundException($"{path}: not a picture in {folder}; expected a path as {nameof(PathOf)} returns it.");

    private void Add(long id, string path)
    {
        if (!paths.TryAdd(id, path))
        {
            throw new InvalidDataException(
                $"{path}: image id {id} is also that of {paths[id]}; expected one file for each id: remove one.");
        }

        ids[path] = id;
    }

    // One fetch serves all callers that ask meanwhile, so none of them may cancel it: one that is canceled only stops waiting.
    private Task<string> FetchAsync(long imageId, CancellationToken cancellation) =>
        fetches.GetOrAdd(imageId, id => new(() => FetchOnceAsync(id))).Value.WaitAsync(cancellation);

    private async Task<string> FetchOnceAsync(long imageId)
    {
        try
        {
            if (paths.TryGetValue(imageId, out var found))
            {
                return found; // it arrived after the caller looked
            }

            var path = await coco!.FetchAsync(imageId, CancellationToken.None).ConfigureAwait(false);
            (paths[imageId], ids[path]) = (path, imageId);
            return path;
        }
        finally
        {
            fetches.TryRemove(imageId, out _);
        }
    }

    [GeneratedRegex(@"\A.*([0-9]{12})\.(?:jpg|png)\z")]
    private static partial Regex FileName();
}
