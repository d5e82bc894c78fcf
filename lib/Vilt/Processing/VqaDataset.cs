using Vilt.Data;
using static TorchSharp.torch;

namespace Vilt.Processing;

/// <summary>Questions with pictures and answers, each encoded when it is asked for.</summary>
/// <param name="examples">The questions with their pictures and answers.</param>
/// <param name="processor">Encodes picture and question.</param>
/// <param name="vocabulary">The answers that have a place in the labels.</param>
public sealed class VqaDataset(IReadOnlyList<VqaExample> examples, ViltProcessor processor, AnswerVocabulary vocabulary)
{
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
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="InvalidDataException">The picture is missing, can't be fetched, is broken or too long and thin: the message names it and the question.</exception>
    public ViltExample this[int index]
    {
        get
        {
            if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The data set has {Count} examples.");
            VqaExample example = Examples[index];
            try
            {
                return Encode(example);
            }
            catch (Exception error)
            {
                throw new InvalidDataException($"Question {example}: {error.Message}", error);
            }
        }
    }

    private ViltExample Encode(VqaExample example)
    {
        float[]? targets = example.Annotation is null ? null : SoftLabels.From(example.Annotation, Vocabulary).ToTargets(Vocabulary.Count);
        ViltExample encoded = Processor.Encode(RgbImage.Read(example.ImagePath), example.Question.Question);
        return targets is null ? encoded : encoded with { Labels = tensor(targets) };
    }
}
