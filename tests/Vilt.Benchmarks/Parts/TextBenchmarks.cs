using BenchmarkDotNet.Attributes;
using Vilt.Data;
using Vilt.Processing;

namespace Vilt.Benchmarks.Parts;

/// <summary>A question's way to token ids, and its answers' to a score.</summary>
[MemoryDiagnoser]
public class TextBenchmarks
{
    private readonly VqaAnswer[] answers = [.. "yes yes no yes yes maybe yes no yes yes".Split(' ').Select((answer, i) => new VqaAnswer(i + 1, answer, "yes"))];
    private readonly AnswerVocabulary vocabulary = new(["yes", "no"]);
    private WordPieceTokenizer tokenizer = null!;

    /// <summary>Reads the Zoo's vocabulary.</summary>
    [GlobalSetup]
    public void ReadVocabulary() => tokenizer = WordPieceTokenizer.Read(Path.Combine(Repository(), "assets", "vilt-zoo-mlm"));

    /// <summary>A usual question.</summary>
    [Benchmark]
    public TokenizedText Encode() => tokenizer.Encode("What color is the cow to the left of the tree?", 40);

    /// <summary>Ten people's answers to soft labels.</summary>
    [Benchmark]
    public SoftLabels Labels() => SoftLabels.From(answers, vocabulary);

    // BenchmarkDotNet runs from a folder of its own below the project's.
    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Vilt.Notebooks.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("Run this from within the repository.");
    }
}
