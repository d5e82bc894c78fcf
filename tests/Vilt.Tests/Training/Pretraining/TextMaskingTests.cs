using Vilt.Processing;
using Vilt.Training.Pretraining;

namespace Vilt.Tests.Training.Pretraining;

public sealed class TextMaskingTests
{
    private const string Question = "what color is the unbelievable cat", Answer = "white and brown";

    private const int Length = 100; // more than the words have pieces

    private static readonly WordPieceTokenizer Tokenizer = WordPieceTokenizer.Read(Goldens.PathOf("model", "tiny", "checkpoint"));
    private static readonly long[] Ids = Tokenizer.Encode($"{Question} {Answer}", Length).InputIds;
    private static readonly int End = Array.IndexOf(Ids, Tokenizer.SeparatorTokenId);
    private static readonly int AnswerStart = Array.IndexOf(Tokenizer.Encode(Question, Length).InputIds, Tokenizer.SeparatorTokenId);

    private readonly Random random = new(3);

    [Fact]
    public void Hides_words_only_and_at_least_one() => Assert.All(Many(AnswerStart), hidden =>
    {
        Assert.NotEmpty(hidden);
        Assert.All(hidden, position => Assert.InRange(position, 1, End - 1));
        Assert.Equal(hidden.Order().Distinct(), hidden);
    });

    [Fact]
    public void Hides_the_whole_answer_and_nothing_else_three_times_in_four()
    {
        int[] answer = [.. Enumerable.Range(AnswerStart, End - AnswerStart)];
        Assert.InRange(Many(AnswerStart).Count(hidden => hidden.SequenceEqual(answer)), 700, 800);
    }

    [Fact]
    public void Hides_all_pieces_of_a_word_or_none()
    {
        var tokens = Tokenizer.Tokens(Ids);
        Assert.Contains(tokens, token => token.StartsWith("##", StringComparison.Ordinal)); // or this shows nothing
        Assert.All(Many(End), hidden => Assert.All(Enumerable.Range(2, End - 2), position =>
        {
            if (!tokens[position].StartsWith("##", StringComparison.Ordinal))
            {
                return;
            }

            Assert.Equal(hidden.Contains(position - 1), hidden.Contains(position));
        }));
    }

    [Fact]
    public void Hides_nothing_where_there_is_no_word()
    {
        var empty = Tokenizer.Encode("", Tokenizer.ModelMaxLength).InputIds;
        Assert.Empty(new TextMasking(Tokenizer).Choose(empty, 1, random));
    }

    private List<IReadOnlyList<int>> Many(int questionLength)
    {
        var masking = new TextMasking(Tokenizer);
        return [.. Enumerable.Range(0, 1000).Select(_ => masking.Choose(Ids, questionLength, random))];
    }
}
