using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary>
/// <c>tokenizer.json</c>, which holds a complete fast tokenizer. Older files beside it say the same in fewer words, and those are followed:
/// this checks that both agree, since transformers follows this one.
/// </summary>
internal sealed class TokenizerJson
{
    /// <summary>The file's name.</summary>
    public const string FileName = "tokenizer.json";

    private const string Bert = "as BERT's uncased tokenizer has it";
    private readonly ConfigFile file;

    /// <exception cref="InvalidDataException">It is not BERT's uncased tokenizer, or the other files say something else.</exception>
    public TokenizerJson(ConfigFile file, SpecialTokens special)
    {
        this.file = file;
        CheckSteps();
        CheckSpecial(special);
        TruncationSide = file.Section("truncation")?.Value("direction", "Right", "Left or Right", side => side is "Left" or "Right").ToLowerInvariant();
    }

    /// <summary>Where a text that is too long is cut; null if it does not say.</summary>
    public string? TruncationSide { get; }

    /// <summary>Its added tokens, in its order.</summary>
    public IEnumerable<FoundToken> Added() => (file["added_tokens"] as JsonArray ?? []).Select(token =>
        token is JsonObject fields && AddedToken.Read(token, special: false) is { } added && fields["id"] is JsonValue value && value.TryGetValue(out int id)
            ? new FoundToken(added, id, file.Place("added_tokens"))
            : throw file.Wrong("added_tokens", "tokens, each an object with its content and id"));

    /// <exception cref="InvalidDataException">It has other tokens than <c>vocab.txt</c>.</exception>
    public void RequireSame(WordPieceVocabulary vocabulary)
    {
        var model = Section(file, "model");
        var tokens = Section(model, "vocab");
        var count = 0;
        foreach (var token in tokens.Fields)
        {
            var id = vocabulary.Find(token) ?? -1;
            tokens.Value(token, -1, id < 0 ? "no such token, as in vocab.txt" : $"{id}, as in vocab.txt", found => found == id);
            count++;
        }

        if (count != vocabulary.Tokens.Count)
        {
            throw model.Wrong("vocab", $"{vocabulary.Tokens.Count} tokens as in vocab.txt, not {count}");
        }
    }

    private void CheckSteps()
    {
        Require(file, "normalizer", "type", "BertNormalizer");
        Require(file, "normalizer", "clean_text", true);
        Require(file, "normalizer", "handle_chinese_chars", true);
        Require(file, "normalizer", "strip_accents", true);
        Require(file, "normalizer", "lowercase", true);
        Require(file, "pre_tokenizer", "type", "BertPreTokenizer");
        Require(file, "model", "type", "WordPiece");
        Require(file, "model", "continuing_subword_prefix", WordPieceTokenizer.Continuation);
        Require(file, "model", "max_input_chars_per_word", WordPieceTokenizer.LongestWord);
        Require(file, "decoder", "type", "WordPiece");
        Require(file, "decoder", "prefix", WordPieceTokenizer.Continuation);
        Require(file, "decoder", "cleanup", true);
    }

    private void CheckSpecial(SpecialTokens special)
    {
        Require(file, "model", "unk_token", special.Unknown);
        if (file.Section("padding") is not null)
        {
            Require(file, "padding", "direction", "Right");
            Require(file, "padding", "pad_type_id", 0);
            Require(file, "padding", "pad_token", special.Padding);
        }

        var ends = Section(file, "post_processor");
        string[] found = $"{ends["type"]}" == "BertProcessing"
            ? [$"{Items(ends["cls"]).FirstOrDefault()}", "A", $"{Items(ends["sep"]).FirstOrDefault()}"]
            : [.. Items(ends["single"]).Select(part => Items(part).FirstOrDefault()).Select(part => $"{(part as JsonObject)?["id"]}")];
        if (!found.SequenceEqual([special.Classifier, "A", special.Separator]))
        {
            throw file.Wrong("post_processor", $"a text between {special.Classifier} and {special.Separator}, {Bert}");
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node switch
    {
        JsonArray items => items,
        JsonObject fields => fields.Select(field => field.Value),
        _ => [],
    };

    // What is missing has its default.
    private static void Require<TValue>(ConfigFile file, string section, string field, TValue expected) =>
        Section(file, section).Value(field, expected, $"{expected}, {Bert} and the other files", found => Equals(found, expected));

    private static ConfigFile Section(ConfigFile file, string field) => file.Section(field) ?? throw file.Wrong(field, Bert);
}
