using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

/// <summary>A small data set on disk: plain pictures of several sizes with a question and ten answers each.</summary>
internal sealed class VqaFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static AnswerVocabulary Vocabulary { get; } = new(["yes", "no", "maybe"]);

    public static ViltProcessor Processor { get; } = new(
        new ViltImageProcessor { ShortestEdge = 32, SizeDivisor = 16 }, WordPieceTokenizer.Read(Goldens.PathOf("model", "tiny", "checkpoint")));

    public string PathOf(int index) => folder[$"{index:D12}.png"];

    public VqaDataset Dataset(int count) => new([.. Enumerable.Range(0, count).Select(Example)], Processor, Vocabulary);

    /// <summary>Example i has the plain gray i, i "yes" and 10 − i "no", and a picture of one of four sizes.</summary>
    public VqaExample Example(int index)
    {
        var (width, height) = (32 + 16 * (index % 2), 32 + 16 * (index / 2 % 2));
        var pixels = new byte[width * height * 3];
        Array.Fill(pixels, (byte)index);
        File.WriteAllBytes(PathOf(index), new RgbImage(width, height, pixels).EncodePng());
        VqaAnswer[] answers = [.. Enumerable.Range(1, 10).Select(id => new VqaAnswer(id, id <= index ? "yes" : "no", "yes"))];
        return new VqaExample(new VqaQuestion(1000 + index, index, "is it a?"), new VqaAnnotation(1000 + index, index, "is it", "yes/no", "yes", answers), PathOf(index));
    }

    public void Dispose() => folder.Dispose();
}
