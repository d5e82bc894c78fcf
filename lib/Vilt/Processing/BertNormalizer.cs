using System.Text;
using Microsoft.ML.Tokenizers;

namespace Vilt.Processing;

/// <summary>Cleans text, sets Chinese characters apart, strips accents and lowers case, as Hugging Face's
/// <c>BertNormalizer</c> does. The library's own normalizer keeps format characters and needs ICU to strip accents.</summary>
internal sealed class BertNormalizer : Normalizer
{
    /// <inheritdoc/>
    public override string Normalize(string original) => Normalize(original.AsSpan());

    /// <inheritdoc/>
    public override string Normalize(ReadOnlySpan<char> original)
    {
        if (IsPlain(original))
        {
            return LowerCase(original);
        }

        var text = new StrippedText(original.Length);
        foreach (var character in original.EnumerateRunes())
        {
            if (IsWhiteSpace(character))
            {
                text.Append(Space);
            }
            else if (!BertCharacters.IsDropped(character))
            {
                Append(text, character);
            }
        }

        return text.ToString();
    }

    private static readonly Rune Space = new(' ');

    // Most questions: nothing to drop, set apart or strip.
    private static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~');

    private static string LowerCase(ReadOnlySpan<char> text) =>
        string.Create(text.Length, text, (lower, original) => Ascii.ToLower(original, lower, out _));

    private static void Append(StrippedText text, Rune character)
    {
        if (!IsChinese(character.Value))
        {
            text.Append(BertCharacters.ToLower(character));
            return;
        }

        text.Append(Space);
        text.Append(character);
        text.Append(Space);
    }

    // Vertical tab, form feed and next line are white space too, but Hugging Face drops them as control characters.
    private static bool IsWhiteSpace(Rune character) =>
        character.Value is '\t' or '\n' or '\r' || (Rune.IsWhiteSpace(character) && !Rune.IsControl(character));

    // 0x2B920 is a slip in Hugging Face's table (the block starts at 0x2B820), kept for equal tokens.
    private static bool IsChinese(int value) => value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F)
        or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
