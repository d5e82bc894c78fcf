using System.Text.Json.Nodes;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class WordPieceTokenizerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static WordPieceTokenizer Golden { get; } = WordPieceTokenizer.Read(Goldens.PathOf("tokenizer"));

    private static JsonNode Cases { get; } = Goldens.Json("tokenizer", "cases.json");

    public static TheoryData<string> Texts => [.. Cases["cases"]!.AsArray().Select(item => item!.ToJsonString())];

    public static TheoryData<string> Checkpoints => [.. Directory.GetFiles(Goldens.Folder, "vocab.txt", SearchOption.AllDirectories)
        .Select(path => Path.GetDirectoryName(path)!).Where(folder => File.Exists(Path.Combine(folder, "tokenizer_config.json")))];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public void Encodes_and_decodes_as_transformers_does(string json)
    {
        var item = JsonNode.Parse(json)!;

        var encoded = Golden.Encode((string)item["text"]!, (int)Cases["max_length"]!);

        Assert.Equal(Numbers(item["input_ids"]), encoded.InputIds.AsEnumerable());
        Assert.Equal(Numbers(item["attention_mask"]), encoded.AttentionMask.AsEnumerable());
        Assert.Equal(Numbers(item["token_type_ids"]), encoded.TokenTypeIds.AsEnumerable());
        Assert.Equal(item["tokens"]!.AsArray().Select(token => (string)token!), Golden.Tokens(encoded.InputIds));
        Assert.Equal((string)item["decoded"]!, Golden.Decode(encoded.InputIds));
        Assert.Equal((string)item["decoded_without_special"]!, Golden.Decode(encoded.InputIds, skipSpecialTokens: true));
    }

    [Fact]
    public void Many_texts_are_encoded_as_one_by_one()
    {
        string[] texts = [.. Cases["cases"]!.AsArray().Select(item => (string)item!["text"]!)];
        var together = Golden.EncodeBatch(texts, 12);
        Assert.Equal(texts.Length, together.Count);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(Golden.Encode(texts[i], 12).InputIds, together[i].InputIds);
        }
    }

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void A_small_vocabulary_works_and_is_written_as_it_was_read(string folder)
    {
        var tokenizer = WordPieceTokenizer.Read(folder);
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "tokenizer_config.json")))!;
        Assert.Equal((int)config["model_max_length"]!, tokenizer.ModelMaxLength);
        Assert.Equal((string)config["mask_token"]!, tokenizer.Tokens([tokenizer.MaskTokenId]).Single());

        tokenizer.Write(this.folder.Path);

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "vocab.txt")), Written("vocab.txt"));
        var written = JsonNode.Parse(Written("tokenizer_config.json"))!;
        foreach (var (field, value) in written.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(config[field], value), $"{field}: {value?.ToJsonString()} in place of {config[field]?.ToJsonString()}");
        }

        var map = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "special_tokens_map.json")))!;
        Assert.True(JsonNode.DeepEquals(map, JsonNode.Parse(Written("special_tokens_map.json"))));
        Assert.Equal(tokenizer.Encode("is it a?", 9).InputIds, WordPieceTokenizer.Read(this.folder.Path).Encode("is it a?", 9).InputIds);
    }

    [Theory]
    [InlineData("ÀåÉëÎïÖõÜůŸýÇ", "aaeeiioouuyyc")]
    [InlineData("İstanbul ΐ Ѝ", "istanbul", "ι", "и")]
    [InlineData("한글", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("\uF900\U0002F800", "\u8C48", "\u4E3D")]
    [InlineData("a中b", "a", "中", "b")]
    [InlineData("a\t\nb\r\u2028\u00A0c\u0000\u000B\u0085\u200D\uFFFD\uE000d", "a", "b", "cd")]
    [InlineData("a$b~c¿d«e–f", "a", "$", "b", "~", "c", "¿", "d", "«", "e", "–", "f")]
    public void Text_is_cleaned_stripped_of_accents_and_split(string text, params string[] words)
    {
        Vocabulary(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. words]);
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        Assert.Equal(["[CLS]", .. words, "[SEP]"], tokenizer.Tokens(tokenizer.Encode(text, words.Length + 2).InputIds));
    }

    [Theory]
    [InlineData(100, "a")]
    [InlineData(101, "[UNK]")]
    public void A_word_of_more_than_100_characters_is_unknown(int length, string first)
    {
        Vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a");
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        Assert.Equal(first, tokenizer.Tokens(tokenizer.Encode(new string('a', length), 120).InputIds)[1]);
    }

    [Fact]
    public void Ten_thousand_words_are_cut_to_the_length_with_the_separator_last()
    {
        var encoded = Golden.Encode(string.Join(' ', Enumerable.Repeat("zebras", 10_000)), 40);
        Assert.Equal(40, encoded.InputIds.Length);
        Assert.Equal(Golden.SeparatorTokenId, encoded.InputIds[^1]);
        Assert.All(encoded.AttentionMask, attention => Assert.Equal(1, attention));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_dropped_like_the_replacement_character()
    {
        Assert.Equal(Golden.Encode("ab", 8).InputIds, Golden.Encode("a\uD83Db", 8).InputIds);
    }

    [Fact]
    public void Special_tokens_may_have_other_names_and_places()
    {
        Vocabulary("a", "<s>", "</s>", "<unk>", "<mask>", "<pad>");
        Write("tokenizer_config.json", """
            {"cls_token": "overruled", "sep_token": {"content": "</s>", "lstrip": false}, "unk_token": "<unk>", "mask_token": "<mask>",
             "model_max_length": 1000000000000000019884624838656}
            """);
        Write("special_tokens_map.json", """{"pad_token": "<pad>", "cls_token": "<s>"}""");
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        Assert.Equal([1, 0, 4, 3, 2, 5, 5], tokenizer.Encode("a<mask>b", 7).InputIds.AsEnumerable());
        Assert.Equal(40, tokenizer.ModelMaxLength);
    }

    [Fact]
    public void Spaces_before_marks_stay_if_the_configuration_says_so()
    {
        Vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "it", "'", "s", "?");
        Write("tokenizer_config.json", """{"clean_up_tokenization_spaces": false}""");
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        Assert.Equal("it ' s?", tokenizer.Decode(tokenizer.Encode("it's?", 8).InputIds, skipSpecialTokens: true));
    }

    [Fact]
    public void A_vocabulary_without_a_special_token_is_an_error()
    {
        Vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "a");
        AssertRefused("[MASK]", "vocab.txt");
    }

    [Theory]
    [InlineData("a\n\nb\n", "line 2")]
    [InlineData("a\nb\na\n", "line 3")]
    [InlineData("", "[PAD]")]
    public void A_vocabulary_with_an_empty_or_repeated_line_or_none_is_an_error(string text, string part)
    {
        Write("vocab.txt", text);
        AssertRefused(part, "vocab.txt");
    }

    [Fact]
    public void A_missing_vocabulary_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => WordPieceTokenizer.Read(folder.Path));
        Assert.Contains("vocab.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"do_lower_case": false}""", "do_lower_case")]
    [InlineData("""{"strip_accents": false}""", "strip_accents")]
    [InlineData("""{"tokenize_chinese_chars": "yes"}""", "tokenize_chinese_chars")]
    [InlineData("""{"model_max_length": 1}""", "model_max_length")]
    [InlineData("""{"model_max_length": "forty"}""", "model_max_length")]
    [InlineData("""{"pad_token": 3}""", "pad_token")]
    [InlineData("""{"pad_token": {"text": "[PAD]"}}""", "pad_token")]
    [InlineData("""{"pad_token": "[PAD]" """, "JSON")]
    [InlineData("""{"pad_token": "[PAD]", "pad_token": "[PAD]"}""", "JSON")]
    [InlineData("[]", "JSON")]
    [InlineData("", "JSON")]
    public void A_configuration_that_is_no_uncased_one_names_its_field(string json, string part)
    {
        Vocabulary("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
        Write("tokenizer_config.json", json);
        AssertRefused(part, "tokenizer_config.json");
    }

    [Fact]
    public void An_id_outside_the_vocabulary_and_a_length_below_two_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Golden.Decode([Golden.VocabularySize]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Golden.Tokens([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Golden.Encode("a", 1));
    }

    private static IEnumerable<long> Numbers(JsonNode? array) => array!.AsArray().Select(number => (long)number!);

    private string Written(string name) => File.ReadAllText(folder[name]);

    private void Write(string name, string text) => File.WriteAllText(folder[name], text);

    private void Vocabulary(params string[] tokens) => Write("vocab.txt", string.Join('\n', tokens) + "\n");

    private void AssertRefused(params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(folder.Path));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
