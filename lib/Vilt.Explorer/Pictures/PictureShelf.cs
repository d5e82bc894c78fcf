using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using SkiaSharp;
using Vilt.Data;
using Vilt.Pipelines;

namespace Vilt.Explorer.Pictures;

/// <summary>
/// The pictures that can be asked about, by id: the data set's, the examples, and what was uploaded, which lies in a folder of its own
/// until the server ends.
/// </summary>
internal sealed class PictureShelf : IDisposable
{
    public const int MostBytes = 20_000_000;

    private const long MostPixels = 40_000_000; // 160 MB while it is decoded
    private const int MostUploads = 200, MostResized = 64;

    private readonly Dictionary<string, Func<string>> given = [];
    private readonly ConcurrentDictionary<string, string> uploads = [];
    private readonly ConcurrentQueue<string> uploadOrder = new();
    private readonly RecentlyUsed<(string Id, VqaPipeline Vqa), RgbImage> resized = new(MostResized);
    private readonly string folder = Directory.CreateTempSubdirectory("vilt-explore-").FullName;

    public PictureShelf(IEnumerable<VqaExample> examples, IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            given[$"example-{Path.GetFileNameWithoutExtension(file)}"] = () => file;
        }

        foreach (var example in examples)
        {
            given.TryAdd(IdOf(example), example.FetchImage);
        }
    }

    /// <summary>The id of a data set's picture.</summary>
    public static string IdOf(VqaExample example) => $"data-{example.Question.ImageId}";

    /// <summary>Keeps a picture that was sent.</summary>
    /// <param name="file">Its bytes, which may be anything.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="Refusal">It is too large, broken, or not a picture.</exception>
    public string Keep(byte[] file)
    {
        CheckSize(file);
        var id = $"upload-{Convert.ToHexStringLower(SHA256.HashData(file))[..16]}";
        if (!uploads.ContainsKey(id))
        {
            var path = Path.Combine(folder, id);
            File.WriteAllBytes(path, file);
            uploads[id] = path;
            uploadOrder.Enqueue(id);
        }

        if (uploads.Count > MostUploads && uploadOrder.TryDequeue(out var oldest) && uploads.TryRemove(oldest, out var gone))
        {
            File.Delete(gone);
        }

        return id;
    }

    /// <summary>The file of a picture.</summary>
    /// <exception cref="Refusal">There is no such picture.</exception>
    public string PathOf(string id) => uploads.TryGetValue(id, out var path) ? path
        : given.TryGetValue(id, out var find) ? find()
        : throw new Refusal(StatusCodes.Status404NotFound, "This picture is not there (anymore). Choose it again.");

    /// <summary>A picture as a model sees it.</summary>
    /// <exception cref="Refusal">There is no such picture, or it is broken.</exception>
    public RgbImage Resized(string id, VqaPipeline vqa) => resized.Get((id, vqa), () => Read(id, vqa.Processor.ImageProcessor.Resize));

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="Refusal">There is no such picture, or it is broken.</exception>
    public T Read<T>(string id, Func<string, T> read)
    {
        var path = PathOf(id);
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            var name = uploads.ContainsKey(id) ? "The picture" : Path.GetFileName(path);
            throw new Refusal(StatusCodes.Status422UnprocessableEntity, error.Message.Replace($"\"{path}\"", name, StringComparison.Ordinal));
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // By the header, before memory for the pixels is taken.
    private static void CheckSize(byte[] file)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new Refusal(
            StatusCodes.Status415UnsupportedMediaType, "This is not a picture: expected PNG, JPEG, GIF, BMP or WebP.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
        {
            throw new Refusal(StatusCodes.Status413PayloadTooLarge,
                $"The picture has {width} × {height} pixels, over the limit of {MostPixels / 1_000_000} million: make it smaller first.");
        }
    }
}
