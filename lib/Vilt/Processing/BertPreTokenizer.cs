using System.Text;
using Microsoft.ML.Tokenizers;

namespace Vilt.Processing;

/// <summary>Splits normalized text into words and single punctuation marks, as Hugging Face's
/// <c>BertPreTokenizer</c> does.</summary>
internal sealed class BertPreTokenizer : PreTokenizer
{
    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => Split(text);

    /// <inheritdoc/>
    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) => Split(text);

    private static List<(int Offset, int Length)> Split(ReadOnlySpan<char> text)
    {
        List<(int, int)> words = [];
        int start = 0, at = 0;
        foreach (var character in text.EnumerateRunes())
        {
            var next = at + character.Utf16SequenceLength;
            var mark = BertCharacters.IsPunctuation(character);
            if (mark || Rune.IsWhiteSpace(character))
            {
                if (at > start)
                {
                    words.Add((start, at - start));
                }

                if (mark)
                {
                    words.Add((at, next - at));
                }

                start = next;
            }

            at = next;
        }

        if (at > start)
        {
            words.Add((start, at - start));
        }

        return words;
    }
}
