using System.Text.Json.Nodes;
using Vilt.Processing;

namespace Vilt.Tests.Processing;

public sealed class TokenizerSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TokenizerSettingsTests()
    {
        foreach (var path in Directory.GetFiles(Goldens.PathOf("tokens", "added")))
        {
            File.Copy(path, folder[Path.GetFileName(path)]);
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("do_basic_tokenize", "false")]
    [InlineData("padding_side", "\"left\"")]
    [InlineData("padding_side", "\"middle\"")]
    [InlineData("truncation_side", "\"middle\"")]
    [InlineData("never_split", """["[OBJ]"]""")]
    [InlineData("wordpieces_prefix", "\"@@\"")]
    [InlineData("split_special_tokens", "true")]
    [InlineData("tokenizer_class", "\"RobertaTokenizer\"")]
    [InlineData("model_input_names", """["input_ids"]""")]
    public void A_setting_that_is_not_followed_is_refused_by_name(string field, string value)
    {
        Change("tokenizer_config.json", file => file[field] = JsonNode.Parse(value));
        AssertRefused("tokenizer_config.json", $"\"{field}\"");
    }

    [Theory]
    [InlineData("never_split", "[]")]
    [InlineData("padding_side", "\"right\"")]
    [InlineData("tokenizer_class", "\"BertTokenizerFast\"")]
    [InlineData("model_input_names", """["input_ids", "token_type_ids", "attention_mask"]""")]
    public void One_that_changes_nothing_is_read(string field, string value)
    {
        Change("tokenizer_config.json", file => file[field] = JsonNode.Parse(value));
        Assert.Equal(12, WordPieceTokenizer.Read(folder.Path).ModelMaxLength);
    }

    [Theory]
    [InlineData("normalizer.lowercase", "false")]
    [InlineData("normalizer.strip_accents", "false")]
    [InlineData("normalizer.handle_chinese_chars", "false")]
    [InlineData("normalizer.clean_text", "false")]
    [InlineData("normalizer.type", "\"NFC\"")]
    [InlineData("normalizer", "null")]
    [InlineData("pre_tokenizer.type", "\"Whitespace\"")]
    [InlineData("model.type", "\"BPE\"")]
    [InlineData("model.unk_token", "\"a\"")]
    [InlineData("model.continuing_subword_prefix", "\"@@\"")]
    [InlineData("model.max_input_chars_per_word", "50")]
    [InlineData("model.vocab.zebra", "7")]
    [InlineData("model.vocab.new", "7")]
    [InlineData("post_processor.single", """[{"Sequence": {"id": "A", "type_id": 0}}]""")]
    [InlineData("post_processor.single", """[1]""")]
    [InlineData("decoder.cleanup", "false")]
    [InlineData("truncation.direction", "\"Up\"")]
    [InlineData("added_tokens", """[{"content": "x"}]""")]
    [InlineData("added_tokens", """["x"]""")]
    public void A_whole_tokenizer_that_says_something_else_is_refused_by_name(string place, string value)
    {
        var names = place.Split('.');
        Change("tokenizer.json", file => names[..^1].Aggregate(file, (node, name) => node[name] ??= new JsonObject())[names[^1]] = JsonNode.Parse(value));
        AssertRefused("tokenizer.json", $"\"{(names[0] == "post_processor" ? names[0] : place)}\"");
    }

    [Fact]
    public void A_whole_tokenizer_with_fewer_words_is_refused()
    {
        Change("tokenizer.json", file => file["model"]!["vocab"]!.AsObject().Remove("zebras"));
        AssertRefused("tokenizer.json", "\"model.vocab\"", "vocab.txt");
    }

    [Fact]
    public void A_whole_tokenizer_that_pads_on_the_left_is_refused_and_one_that_cuts_there_is_followed()
    {
        Change("tokenizer_config.json", file => file.AsObject().Remove("truncation_side"));
        Change("tokenizer.json", file => file["truncation"] = JsonNode.Parse("""{"direction": "Left", "max_length": 4, "stride": 0}"""));
        var tokenizer = WordPieceTokenizer.Read(folder.Path);
        Assert.Equal(["[CLS]", "the", "box", "[SEP]"], tokenizer.Tokens(tokenizer.Encode("a b the box", 4).InputIds));
        Change("tokenizer.json", file => file["padding"] = JsonNode.Parse("""{"direction": "Left"}"""));
        AssertRefused("tokenizer.json", "\"padding.direction\"");
    }

    [Fact]
    public void A_tokenizer_of_other_files_that_lie_there_goes_when_one_is_written()
    {
        WordPieceTokenizer.Read(Goldens.PathOf("model", "tiny", "checkpoint")).Write(folder.Path);
        Assert.False(File.Exists(folder["tokenizer.json"]));
        Assert.False(File.Exists(folder["added_tokens.json"]));
        Assert.Equal(WordPieceTokenizer.Read(Goldens.PathOf("model", "tiny", "checkpoint")).VocabularySize, WordPieceTokenizer.Read(folder.Path).VocabularySize);
    }

    private void Change(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(folder[file]))!;
        change(json);
        File.WriteAllText(folder[file], json.ToJsonString());
    }

    private void AssertRefused(params string[] parts)
    {
        var error = Assert.Throws<InvalidDataException>(() => WordPieceTokenizer.Read(folder.Path));
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
