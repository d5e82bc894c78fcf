using Vilt.Processing;

namespace Vilt.Training.Pretraining;

/// <summary>
/// Hides words that the model is to predict from the rest and the picture: whole words, as the ViLT paper does (section 3.2), and
/// three times out of four the whole answer, which only the picture can reveal.
/// </summary>
/// <param name="tokenizer">Turns texts into ids.</param>
internal sealed class TextMasking(WordPieceTokenizer tokenizer)
{
    private const double AnswerShare = 0.75;
    private const double WordShare = 0.15;

    /// <summary>Chooses positions of the ids of "question answer" to be hidden: at least one, if there is any word.</summary>
    /// <param name="ids">Ids of the text, with special tokens and padding.</param>
    /// <param name="questionLength">Tokens of the question, counting [CLS] but not [SEP].</param>
    /// <param name="random">Source of random numbers.</param>
    public IReadOnlyList<int> Choose(ReadOnlySpan<long> ids, int questionLength, Random random)
    {
        var end = ids.IndexOf(tokenizer.SeparatorTokenId);
        var hasAnswer = questionLength < end;
        if (hasAnswer && random.NextDouble() < AnswerShare)
        {
            return [.. Enumerable.Range(questionLength, end - questionLength)];
        }

        var words = Words(ids, end);
        List<int> hidden = [.. words.Where(_ => random.NextDouble() < WordShare).SelectMany(word => word)];
        return hidden.Count > 0 || words.Count == 0 ? hidden : words[random.Next(words.Count)];
    }

    /// <summary>The positions of each word: its first piece and those that start with ##.</summary>
    private List<List<int>> Words(ReadOnlySpan<long> ids, int end)
    {
        var tokens = tokenizer.Tokens(ids[..end].ToArray());
        List<List<int>> words = [];
        for (var position = 1; position < end; position++)
        {
            if (words.Count > 0 && tokens[position].StartsWith("##", StringComparison.Ordinal))
            {
                words[^1].Add(position);
            }
            else
            {
                words.Add([position]);
            }
        }

        return words;
    }
}
