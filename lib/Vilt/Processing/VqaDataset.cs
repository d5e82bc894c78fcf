using System.Collections.Concurrent;
using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Questions with pictures and answers, each encoded when it is asked for.</summary>
/// <param name="examples">The questions with their pictures and answers.</param>
/// <param name="processor">Encodes picture and question.</param>
/// <param name="vocabulary">The answers that have a place in the labels.</param>
/// <param name="mean">
/// The color that every picture shows instead of its own, for a model that must answer without seeing; null: pictures as they are.
/// </param>
public sealed class VqaDataset(
    IReadOnlyList<VqaExample> examples, ViltProcessor processor, AnswerVocabulary vocabulary, MeanColor? mean = null)
{
    private readonly ResizedPictures pictures = new(processor.ImageProcessor);
    private readonly ConcurrentDictionary<int, (int Height, int Width)> sizes = []; // every epoch asks for them again

    /// <summary>The questions with their pictures and answers.</summary>
    public IReadOnlyList<VqaExample> Examples { get; } = examples;

    /// <summary>What encodes picture and question.</summary>
    public ViltProcessor Processor { get; } = processor;

    /// <summary>The answers that have a place in the labels.</summary>
    public AnswerVocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Number of examples.</summary>
    public int Count => Examples.Count;

    /// <summary>Reads the picture of an example and encodes both; labels are there if the answers are known.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <returns>The encoded example; the caller owns it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    /// <exception cref="InvalidDataException">The picture is missing, can't be fetched, is broken or too long and thin: the message names it and the question.</exception>
    public ViltExample this[int index] => Labeled(index, Encode(index, At(index).Question.Question));

    /// <summary>The same with a changed picture.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <param name="change">Changes the picture as it is in the file.</param>
    /// <exception cref="InvalidDataException">The picture is missing, broken or too long and thin: the message names it and the question.</exception>
    internal ViltExample Changed(int index, Func<RgbImage, RgbImage> change) => Labeled(index, Encode(
        index, At(index).Question.Question, path => Processor.ImageProcessor.Resize(change(RgbImage.Read(path)))));

    /// <summary>Height and width to which an example's picture is resized; 0 if it can't be read, or is still to be fetched.</summary>
    internal (int Height, int Width) SizeOf(int index) => sizes.GetOrAdd(index, ReadSize);

    /// <summary>Encodes any text with the picture of an example, as pre-training does.</summary>
    /// <param name="index">The place of the example with the picture.</param>
    /// <param name="text">The text.</param>
    /// <returns>The encoded example without labels; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The picture is missing, broken or too long and thin: the message names it and the question.</exception>
    internal ViltExample Encode(int index, string text) => Encode(index, text, pictures.Of);

    private ViltExample Encode(int index, string text, Func<string, RgbImage> read)
    {
        var example = At(index);
        try
        {
            var picture = read(example.FetchImage());
            // Of the same size, so that padding reveals as much as with the picture itself.
            return Processor.EncodeResized(mean?.Picture(picture.Width, picture.Height) ?? picture, text);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException) // errors that a file can cause
        {
            throw new InvalidDataException($"Question {example}: {error.Message}", error);
        }
    }

    private ViltExample Labeled(int index, ViltExample encoded) => At(index).Annotation is { } annotation
        ? encoded with { Labels = tensor(SoftLabels.From(annotation, Vocabulary).ToTargets(Vocabulary.Count)) }
        : encoded;

    /// <summary>
    /// Fetches those of the examples' pictures that are still to be fetched, several at a time. One that can't be fetched is an error when
    /// it is encoded.
    /// </summary>
    internal void FetchPictures(IEnumerable<int> indices, CancellationToken cancellation) =>
        Task.Run(() => VqaExample.FetchPicturesAsync(indices.Select(At), cancellation), cancellation).GetAwaiter().GetResult();

    private VqaExample At(int index) => index >= 0 && index < Count
        ? Examples[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The data set has {Count} examples.");

    private (int Height, int Width) ReadSize(int index)
    {
        var example = At(index);
        if (example.Images is not null)
        {
            return default;
        }

        try
        {
            using var picture = PictureReader.Open(example.ImagePath);
            return Processor.ImageProcessor.GetResizedSize(picture.Height, picture.Width);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
