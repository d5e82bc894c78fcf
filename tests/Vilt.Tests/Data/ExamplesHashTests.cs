using Vilt.Data;

namespace Vilt.Tests.Data;

public sealed class ExamplesHashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly VqaExample example;

    public ExamplesHashTests()
    {
        VqaAnswer[] answers = [new(1, "cat", "yes"), new(2, "dog", "no")];
        example = new(new(7, 12, "what is it"), new(7, 12, "what is", "other", "cat", answers), folder.Write("000000000012.png", "picture"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_place_is_nothing_to_it()
    {
        var moved = example with { ImagePath = folder.Write("elsewhere/000000000012.png", "picture") };
        Assert.Equal(ExamplesHash.Of([example, example]), ExamplesHash.Of([moved, moved]));
    }

    [Fact]
    public void Whatever_else_differs_changes_it()
    {
        var (question, annotation) = (example.Question, example.Annotation!);
        VqaExample[] others =
        [
            example with { Question = question with { QuestionId = 8 } },
            example with { Question = question with { ImageId = 13 } },
            example with { Question = question with { Question = "what is that" } },
            example with { Annotation = null },
            example with { Annotation = annotation with { Answers = [annotation.Answers[1], annotation.Answers[0]] } },
            example with { Annotation = annotation with { Answers = [annotation.Answers[0]] } },
            example with { Annotation = annotation with { Answers = [annotation.Answers[0], new(2, "dogs", "no")] } },
            example with { Annotation = annotation with { QuestionType = "is it" } },
            example with { ImagePath = folder.Write("000000000013.png", "picture") },
            example with { ImagePath = folder.Write("larger/000000000012.png", "picture of more bytes") },
            example with { ImagePath = Path.Combine(folder.Path, "none", "000000000012.png") },
        ];
        string[] hashes = [.. others.Select(other => ExamplesHash.Of([other])), ExamplesHash.Of([]), ExamplesHash.Of([example]), ExamplesHash.Of([example, example])];
        Assert.Distinct(hashes);
    }
}
