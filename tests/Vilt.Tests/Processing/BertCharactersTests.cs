using System.Globalization;
using System.Text;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public class BertCharactersTests
{
    private static readonly BertNormalizer Normalizer = new();
    private static readonly BertPreTokenizer Splitter = new();

    [Fact]
    public void Every_character_between_letters_becomes_what_the_tokenizers_library_makes_of_it()
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Goldens.PathOf("tokens", "characters.txt")))
        {
            var (range, rule) = (line[..line.IndexOf(' ')].Split('-'), line[(line.IndexOf(' ') + 1)..]);
            for (var code = Hexadecimal(range[0]); code <= Hexadecimal(range[1]); code++)
            {
                var expected = $"a{Expected(rule, code)}b";
                var actual = string.Join(' ', Words($"a{new Rune(code)}b"));
                if (actual != expected)
                {
                    wrong.Add($"{code:X}: {actual} in place of {expected}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} characters differ: {string.Join(", ", wrong.Take(20))}");
    }

    [Fact]
    public void Texts_with_rare_marks_become_the_words_of_the_tokenizers_library()
    {
        foreach (var item in Goldens.Json("tokens", "texts.json").AsArray())
        {
            Assert.Equal(item!["words"]!.AsArray().Select(word => (string)word!), Words((string)item["text"]!));
        }
    }

    [Theory]
    [InlineData("41-5A:20 61", 'A', 0x20)]
    [InlineData("41-5A:20 61", 'Z', 0x20)]
    [InlineData("41-5A:20 61", '[', 0)]
    [InlineData("41-5A:20 61", 'a', 1)]
    [InlineData("41-5A:20 61", 'b', 0)]
    [InlineData("41-5A:20 61", '@', 0)]
    [InlineData("41=45:-3", 'C', -3)]
    [InlineData("41=45:-3", 'D', 0)]
    public void A_table_tells_ranges_and_every_second_of_a_range(string table, char character, int number) =>
        Assert.Equal(number, new CodePointTable(table).NumberOf(new Rune(character)));

    // See make.py: edges around the character as spaces, then how far it moved or what it became.
    private static string Expected(string rule, int code)
    {
        if (rule is "-" or ".")
        {
            return rule == "-" ? "" : " ";
        }

        var at = rule.LastIndexOfAny(['+', '-', '=']);
        var middle = rule[at] == '='
            ? string.Concat(rule[(at + 1)..].Split(' ').Select(part => new Rune(Hexadecimal(part)).ToString()))
            : new Rune(code + int.Parse(rule[at..], CultureInfo.InvariantCulture)).ToString();
        return rule[..at].Replace('.', ' ').Replace("_", middle, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Words(string text)
    {
        var normalized = Normalizer.Normalize(text);
        return Splitter.PreTokenize(normalized).Select(word => normalized.Substring(word.Offset, word.Length));
    }

    private static int Hexadecimal(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
