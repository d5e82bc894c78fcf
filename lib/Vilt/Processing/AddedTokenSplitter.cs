using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilt.Processing;

/// <summary>Finds added tokens in a text, the leftmost first and the longest of several there, as the tokenizers library does.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly Dictionary<string, (int Id, AddedToken Token)> byText = new(StringComparer.Ordinal);
    private readonly Regex? any;

    /// <param name="tokens">The tokens, with the text that is looked for.</param>
    public AddedTokenSplitter(IEnumerable<(string Text, int Id, AddedToken Token)> tokens)
    {
        foreach (var (text, id, token) in tokens)
        {
            byText.TryAdd(text, (id, token));
        }

        var pattern = string.Join('|', byText.Keys.OrderByDescending(text => text.Length).Select(Regex.Escape));
        any = byText.Count > 0 ? new(pattern, RegexOptions.CultureInvariant) : null;
    }

    /// <summary>Whether a token may be found in a text.</summary>
    public bool MayFindIn(string text) => any?.IsMatch(text) == true;

    /// <summary>The text in pieces; those that are a token have its id.</summary>
    public IEnumerable<(int? Id, string Text)> Split(string text)
    {
        var done = 0;
        for (var match = any?.Match(text); match?.Success == true; match = match.NextMatch())
        {
            var (id, token) = byText[match.Value];
            var (start, end) = (match.Index, match.Index + match.Length);
            if (start < done || (token.SingleWord && (EndsInWord(text.AsSpan(0, start)) || StartsWithWord(text.AsSpan(end)))))
            {
                continue;
            }

            start = token.LeftStrip ? Math.Max(done, text.AsSpan(0, start).TrimEnd().Length) : start;
            end = token.RightStrip ? text.Length - text.AsSpan(end).TrimStart().Length : end;
            if (start > done)
            {
                yield return (null, text[done..start]);
            }

            yield return (id, text[start..end]);
            done = end;
        }

        if (done < text.Length)
        {
            yield return (null, text[done..]);
        }
    }

    private static bool EndsInWord(ReadOnlySpan<char> text) => !text.IsEmpty && Rune.DecodeLastFromUtf16(text, out var last, out _) == 0 && IsWord(last);

    private static bool StartsWithWord(ReadOnlySpan<char> text) => !text.IsEmpty && Rune.DecodeFromUtf16(text, out var first, out _) == 0 && IsWord(first);

    // \w of Rust's regular expressions (Unicode Technical Standard 18, annex C).
    private static bool IsWord(Rune character) => Rune.IsLetter(character)
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber
            or UnicodeCategory.ConnectorPunctuation
        || character.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
            or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
