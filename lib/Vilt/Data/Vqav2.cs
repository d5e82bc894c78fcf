using Vilt.Downloads;

namespace Vilt.Data;

/// <summary>
/// Brings VQAv2 into a folder: questions and annotations from the data set's official site (https://visualqa.org), pictures
/// from COCO's. What is in the folder already is used as it is.
/// </summary>
public static class Vqav2
{
    /// <inheritdoc cref="GetAsync"/>
    public static void Ensure(
        string folder, string split = "val", Vqav2Images images = Vqav2Images.Needed, IProgress<DownloadProgress>? progress = null) =>
        Task.Run(() => GetAsync(folder, split, images, progress)).GetAwaiter().GetResult();

    /// <summary>
    /// Fetches what the folder lacks. Interrupted downloads resume where they stopped; several processes may do this at once.
    /// <c>VILT_VQA_ENDPOINT</c> and <c>VILT_COCO_ENDPOINT</c> replace the sites where they are set, such as with a mirror.
    /// </summary>
    /// <param name="folder">The folder; it is created if needed.</param>
    /// <param name="split"><c>val</c> or <c>train</c>.</param>
    /// <param name="images">Which pictures to fetch, and when.</param>
    /// <param name="progress">Receives the progress of downloads and unpacking.</param>
    /// <param name="cancellationToken">Cancels the work; what has arrived is kept.</param>
    /// <exception cref="ArgumentException">There is no such split, or no such choice of pictures.</exception>
    /// <exception cref="DownloadException">Something can't be fetched; the message says why.</exception>
    /// <exception cref="InvalidDataException">What arrived is damaged.</exception>
    public static Task GetAsync(
        string folder, string split = "val", Vqav2Images images = Vqav2Images.Needed,
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        FetchAsync(folder, split, images, Vqav2Sites.FromEnvironment(), new WebClient(), progress, cancellationToken);

    internal static async Task FetchAsync(
        string folder, string split, Vqav2Images images, Vqav2Sites sites, WebClient web,
        IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Enum.IsDefined(images))
        {
            throw new ArgumentOutOfRangeException(nameof(images), images, "There is no such choice of pictures; expected none, those needed, or all.");
        }

        var named = Vqav2Split.Find(split);
        folder = Path.GetFullPath(folder);
        Directory.CreateDirectory(folder);
        var zips = new ZipDownload(web, folder, progress);
        await zips.FileAsync(sites.Questions(named), named.QuestionsFile, cancellation).ConfigureAwait(false);
        await zips.FileAsync(sites.Annotations(named), named.AnnotationsFile, cancellation).ConfigureAwait(false);
        if (images == Vqav2Images.Needed)
        {
            CocoPictures.Mark(Path.Combine(folder, named.Pictures), named);
        }

        if (images == Vqav2Images.All)
        {
            await zips.FolderAsync(sites.Pictures(named), named.Pictures, cancellation).ConfigureAwait(false);
        }
    }
}
