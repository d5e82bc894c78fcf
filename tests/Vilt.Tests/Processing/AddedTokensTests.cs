using System.Text.Json.Nodes;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class AddedTokensTests : IDisposable
{
    private static readonly string Golden = Goldens.PathOf("tokens", "added");
    private static readonly string[] Words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "[", "]", "obj", "zebra", "##cam"];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Texts => [.. Goldens.Json("tokens", "added", "cases.json").AsArray().Select(item => item!.ToJsonString())];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Texts))]
    public void Added_tokens_are_found_as_transformers_finds_them(string json)
    {
        var item = JsonNode.Parse(json)!;
        foreach (var tokenizer in (WordPieceTokenizer[])[WordPieceTokenizer.Read(Golden), Without("tokenizer.json"), Without("added_tokens.json"), Rewritten()])
        {
            var ids = tokenizer.Encode((string)item["text"]!, tokenizer.ModelMaxLength).InputIds;
            Assert.Equal(item["tokens"]!.AsArray().Select(token => (string)token!), tokenizer.Tokens(ids));
            Assert.Equal(item["input_ids"]!.AsArray().Select(id => (long)id!), ids.AsEnumerable());
            Assert.Equal((string)item["decoded"]!, tokenizer.Decode(ids));
            Assert.Equal((string)item["decoded_without_special"]!, tokenizer.Decode(ids, skipSpecialTokens: true));
        }
    }

    [Fact]
    public void What_was_read_is_written()
    {
        Rewritten();
        Assert.Equal(File.ReadAllText(Path.Combine(Golden, "vocab.txt")), File.ReadAllText(folder["vocab.txt"]));
        foreach (var file in (string[])["added_tokens.json", "special_tokens_map.json"])
        {
            Assert.True(JsonNode.DeepEquals(Json(Path.Combine(Golden, file)), Json(folder[file])), file);
        }

        var (golden, written) = (Json(Path.Combine(Golden, "tokenizer_config.json")), Json(folder["tokenizer_config.json"]));
        foreach (var field in (string[])["added_tokens_decoder", "additional_special_tokens", "truncation_side"])
        {
            Assert.True(JsonNode.DeepEquals(golden[field], written[field]), field);
        }
    }

    [Theory]
    [InlineData("""{"zebracam": 12, "[OBJ]": 13, "<q>": 14}""", null, """{"additional_special_tokens": ["<q>"]}""", "zebracam a [OBJ] <q>")]
    [InlineData(null, """{"additional_special_tokens": ["<q>"], "extra_special_tokens": {"image_token": "<i>"}}""", null, "zebra ##cam a [ obj ] <q>")]
    [InlineData(null, """{"extra_special_tokens": ["<q>"]}""", null, "zebra ##cam a [ obj ] <q>")]
    [InlineData(null, """{"added_tokens_decoder": {}}""", """{"additional_special_tokens": ["<q>"]}""", "zebra ##cam a [ obj ] [UNK]")]
    public void Older_files_name_them_elsewhere(string? added, string? config, string? map, string expected)
    {
        Vocabulary();
        Write("added_tokens.json", added);
        Write("tokenizer_config.json", config);
        Write("special_tokens_map.json", map);
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        var tokens = tokenizer.Tokens(tokenizer.Encode("zebracam a [obj] <q>", 20).InputIds.Where(id => id > 0));
        // <q> that is no token is three words, of which the vocabulary has none.
        Assert.Equal($"[CLS] {expected} [SEP]", string.Join(' ', tokens).Replace("[UNK] [UNK] [UNK]", "[UNK]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"20": {"content": "new"}}}""", "\"new\" with the id 20; expected 12")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"12": {"content": "zebra"}}}""", "\"zebra\" with the id 12; expected 10")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"12": {"content": ""}}}""", "added_tokens_decoder")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"12": {"content": "new", "lstrip": "yes"}}}""", "added_tokens_decoder")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"x": {"content": "new"}}}""", "added_tokens_decoder")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": ["new"]}""", "added_tokens_decoder")]
    [InlineData("tokenizer_config.json", """{"added_tokens_decoder": {"12": {"content": "\u0301", "normalized": true}}}""", "leaves nothing of the added token")]
    [InlineData("tokenizer_config.json", """{"additional_special_tokens": "new"}""", "additional_special_tokens")]
    [InlineData("tokenizer_config.json", """{"additional_special_tokens": [3]}""", "additional_special_tokens")]
    [InlineData("tokenizer_config.json", """{"extra_special_tokens": 3}""", "extra_special_tokens")]
    [InlineData("added_tokens.json", """{"new": "12"}""", "new")]
    [InlineData("added_tokens.json", """{"new": -1}""", "new")]
    public void A_token_that_cannot_be_added_is_refused_by_name(string file, string json, string expected)
    {
        Vocabulary();
        Write(file, json);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(folder.Path)).Message);
    }

    [Fact]
    public void Files_that_disagree_are_refused()
    {
        Vocabulary();
        Write("added_tokens.json", """{"new": 12}""");
        Write("tokenizer_config.json", """{"added_tokens_decoder": {"12": {"content": "other"}}}""");
        var message = Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(folder.Path)).Message;
        Assert.Contains("\"new\"", message);
        Assert.Contains("added_tokens.json", message);
    }

    private WordPieceTokenizer Rewritten()
    {
        WordPieceTokenizer.Read(Golden).Write(folder.Path);
        return WordPieceTokenizer.Read(folder.Path);
    }

    private static WordPieceTokenizer Without(string file)
    {
        using var copy = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(Golden).Where(path => Path.GetFileName(path) != file))
        {
            File.Copy(path, copy[Path.GetFileName(path)]);
        }

        return WordPieceTokenizer.Read(copy.Path);
    }

    private void Vocabulary() => File.WriteAllLines(folder["vocab.txt"], Words);

    private void Write(string file, string? json)
    {
        if (json is not null)
        {
            File.WriteAllText(folder[file], json);
        }
    }

    private static JsonNode Json(string path) => JsonNode.Parse(File.ReadAllText(path))!;
}
