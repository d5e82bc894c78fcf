using System.Text.Json;
using System.Text.Json.Serialization;
using Vilt.Scenes.Files;

namespace Vilt.Scenes;

/// <summary>
/// Which pixels of a Zoo show which object, and which objects decide which question: what an attribution is measured against.
/// </summary>
public sealed class ZooMasks
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly Dictionary<long, ZooPicture> pictures;
    private readonly Dictionary<long, ZooQuestion> questions;

    private ZooMasks(IReadOnlyList<Entry> entries)
    {
        pictures = entries.ToDictionary(e => e.ImageId, e => new ZooPicture(e.ImageId, e.FileName, e.Width, e.Height, e.Objects));
        questions = entries.SelectMany(e => e.Questions).ToDictionary(question => question.QuestionId);
    }

    /// <summary>All pictures, in the file's order.</summary>
    public IReadOnlyCollection<ZooPicture> Pictures => pictures.Values;

    /// <summary>All questions, in the file's order.</summary>
    public IReadOnlyCollection<ZooQuestion> Questions => questions.Values;

    /// <summary>Whether a data set has masks: only drawn ones do.</summary>
    /// <param name="folder">The data set's folder.</param>
    public static bool AreIn(string folder) => File.Exists(Path.Combine(folder, ZooFiles.Masks));

    /// <summary>Reads the masks file of a drawn data set.</summary>
    /// <param name="folder">The data set's folder.</param>
    /// <exception cref="FileNotFoundException">The folder has no masks file.</exception>
    /// <exception cref="InvalidDataException">The file is not a masks file, or its runs don't fit a picture.</exception>
    public static ZooMasks Read(string folder)
    {
        var path = Path.Combine(folder, ZooFiles.Masks);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} does not exist; masks belong to a drawn Zoo. Draw one with Zoo.Draw.", path);
        }

        try
        {
            using var stream = File.OpenRead(path);
            var file = JsonSerializer.Deserialize<MasksFile>(stream, Options) ?? throw new JsonException("the file holds null");
            foreach (var entry in file.Images)
            {
                Check(entry);
            }

            return new ZooMasks(file.Images);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not a masks file of the Zoo: {error.Message} Draw the data set again.", error);
        }
    }

    /// <summary>A picture by its id.</summary>
    /// <exception cref="ArgumentException">There is no such picture.</exception>
    public ZooPicture Picture(long imageId) => pictures.TryGetValue(imageId, out var picture)
        ? picture
        : throw new ArgumentException($"The masks file has no picture {imageId}.", nameof(imageId));

    /// <summary>A question by its id.</summary>
    /// <exception cref="ArgumentException">There is no such question.</exception>
    public ZooQuestion Question(long questionId) => questions.TryGetValue(questionId, out var question)
        ? question
        : throw new ArgumentException($"The masks file has no question {questionId}.", nameof(questionId));

    /// <summary>The pixels that decide a question's answer, (height, width) of its picture.</summary>
    /// <exception cref="ArgumentException">There is no such question.</exception>
    public bool[,] DecidingMask(long questionId)
    {
        var question = Question(questionId);
        return Picture(question.ImageId).MaskOf(question.ObjectIds);
    }

    /// <summary>The same; null if the file doesn't have the question, or nothing that the picture shows decides it.</summary>
    public bool[,]? FindDecidingMask(long questionId) =>
        questions.ContainsKey(questionId) && DecidingMask(questionId) is var mask && mask.Cast<bool>().Any(decides => decides) ? mask : null;

    private static void Check(Entry? entry)
    {
        if (entry is null || entry.Width < 1 || entry.Height < 1)
        {
            throw new InvalidDataException($"picture {entry?.ImageId} has no size.");
        }

        foreach (var shown in entry.Objects)
        {
            if (shown.Counts.Any(count => count < 0) || shown.Counts.Sum(count => (long)count) != (long)entry.Width * entry.Height)
            {
                throw new InvalidDataException(
                    $"the counts of object {shown.Id} in picture {entry.ImageId} don't sum to {entry.Width} × {entry.Height}.");
            }
        }

        HashSet<int> ids = [.. entry.Objects.Select(shown => shown.Id)];
        if (entry.Questions.FirstOrDefault(q => q.ImageId != entry.ImageId || !ids.IsSupersetOf(q.ObjectIds)) is { } stray)
        {
            throw new InvalidDataException($"question {stray.QuestionId} names objects that picture {entry.ImageId} doesn't have.");
        }
    }

    private sealed record MasksFile(IReadOnlyList<Entry> Images);

    private sealed record Entry(
        long ImageId, string FileName, int Width, int Height, IReadOnlyList<ZooObject> Objects, IReadOnlyList<ZooQuestion> Questions);
}
