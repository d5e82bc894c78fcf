using Vilt.Data;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Benchmarks;

/// <summary>What comes before the model.</summary>
internal static class DataWork
{
    private const int Questions = 100_000;

    public static void Encode(string checkpoint, string[] images, int times)
    {
        var processor = ViltProcessor.Read(checkpoint);
        Measurement.Run("encode", warm: 3, times, () => images.Sum(image => Encode(processor, image)));
    }

    public static void EncodeBatch(string checkpoint, string[] images, int times)
    {
        var processor = ViltProcessor.Read(checkpoint);
        Measurement.Run("encode-batch", warm: 3, times, () => images.AsParallel().Sum(image => Encode(processor, image)));
    }

    public static void Annotations(string file, int times) =>
        Measurement.Run("annotations", warm: 0, times, () => VqaAnnotationFile.Read(file).Annotations.Count);

    public static void Labels(string checkpoint, string file, int times)
    {
        var vocabulary = AnswerVocabulary.FromConfig(checkpoint);
        var annotations = VqaAnnotationFile.Read(file).Annotations;
        Measurement.Run("labels", warm: 1, times, () =>
        {
            double sum = 0;
            foreach (var annotation in annotations)
            {
                sum += SoftLabels.From(annotation, vocabulary).Scores.Sum();
            }

            return Math.Round(sum, 3);
        });
    }

    public static void Tokenize(string checkpoint, string file, int times)
    {
        var tokenizer = WordPieceTokenizer.Read(checkpoint);
        string[] texts = [.. VqaQuestionFile.Read(file).Questions.Take(Questions).Select(question => question.Question)];
        Measurement.Run("tokenize", warm: 1, times, () =>
            tokenizer.EncodeBatch(texts, tokenizer.ModelMaxLength).Sum(text => text.InputIds.Sum()));
    }

    private static double Encode(ViltProcessor processor, string image)
    {
        using var example = processor.Encode(image, "what is on the picture");
        using var scope = NewDisposeScope();
        return Math.Round(example.PixelValues.sum(ScalarType.Float64).item<double>(), 3);
    }
}
