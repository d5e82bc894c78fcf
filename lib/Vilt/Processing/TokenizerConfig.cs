using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary><c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> as transformers reads and writes them.</summary>
/// <param name="Special">The tokens that stand for no piece of text.</param>
/// <param name="ModelMaxLength">Tokens that a text is padded or cut to.</param>
/// <param name="CleanUpSpaces">Whether decoding closes up punctuation.</param>
internal sealed record TokenizerConfig(SpecialTokens Special, int ModelMaxLength = TokenizerConfig.ViltMaxLength, bool CleanUpSpaces = true)
{
    private const string FileName = "tokenizer_config.json", MapName = "special_tokens_map.json";
    private const int ViltMaxLength = 40; // positions that ViLT's text embedding has
    private const int LongestText = 1 << 16;

    /// <summary>Reads what is there: transformers, too, takes its standard values where a file or field is missing.</summary>
    /// <exception cref="InvalidDataException">A file is not JSON, or asks for what an uncased BERT tokenizer does not do.</exception>
    public static TokenizerConfig Read(string folder)
    {
        string path = Path.Combine(folder, FileName), mapPath = Path.Combine(folder, MapName);
        ConfigFile? file = File.Exists(path) ? ConfigFile.Read(path) : null, map = File.Exists(mapPath) ? ConfigFile.Read(mapPath) : null;
        var standard = new SpecialTokens();
        var special = new SpecialTokens(
            Token("pad_token", standard.Padding), Token("unk_token", standard.Unknown), Token("cls_token", standard.Classifier),
            Token("sep_token", standard.Separator), Token("mask_token", standard.Mask));
        if (file is null)
        {
            return new TokenizerConfig(special);
        }

        foreach (var rule in (string[])["do_lower_case", "strip_accents", "tokenize_chinese_chars"])
        {
            file.Value(rule, fallback: true, "true, or nothing: ViLT's tokenizer is BERT's uncased one", on => on);
        }

        return new TokenizerConfig(special, MaxLength(file), file.Value("clean_up_tokenization_spaces", true, "true or false"));

        string Token(string field, string fallback) => Content(file, field) ?? Content(map, field) ?? fallback;
    }

    public void Write(string folder, WordPieceVocabulary vocabulary)
    {
        var file = new JsonObject()
        {
            ["added_tokens_decoder"] = new JsonObject(Special.Named.Select(token => (Id: vocabulary.IdOf(token.Token), token.Token)).Distinct()
                .OrderBy(token => token.Id).Select(token => KeyValuePair.Create($"{token.Id}", (JsonNode?)AddedToken(token.Token)))),
            ["clean_up_tokenization_spaces"] = CleanUpSpaces,
            ["do_basic_tokenize"] = true,
            ["do_lower_case"] = true,
            ["model_max_length"] = ModelMaxLength,
            ["processor_class"] = nameof(ViltProcessor),
            ["strip_accents"] = null,
            ["tokenize_chinese_chars"] = true,
            ["tokenizer_class"] = "BertTokenizer",
        };
        JsonObject map = [];
        foreach (var (field, token) in Special.Named)
        {
            (file[field], map[field]) = (token, token);
        }

        ConfigFile.Write(Path.Combine(folder, FileName), file);
        ConfigFile.Write(Path.Combine(folder, MapName), map);
    }

    // A number as large as 1e30 is how transformers writes that there is no limit.
    private static int MaxLength(ConfigFile file)
    {
        var length = file.Value(
            "model_max_length", (double)ViltMaxLength, $"a whole number from 2 to {LongestText}", value => IsUnlimited(value) || (value is >= 2 and <= LongestText && value == Math.Floor(value)));
        return IsUnlimited(length) ? ViltMaxLength : (int)length;

        static bool IsUnlimited(double value) => value > int.MaxValue;
    }

    // A token is written as its text or as an object that holds it.
    private static string? Content(ConfigFile? file, string field)
    {
        var token = file?[field];
        if (token is null)
        {
            return null;
        }

        if (token is JsonObject added)
        {
            token = added["content"];
        }

        return token is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : throw file!.Wrong(field, "a token");
    }

    private static JsonObject AddedToken(string content) => new()
    {
        ["content"] = content,
        ["lstrip"] = false,
        ["normalized"] = false,
        ["rstrip"] = false,
        ["single_word"] = false,
        ["special"] = true,
    };
}
