using System.Globalization;
using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary><c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and <c>added_tokens.json</c> as transformers reads and writes them.</summary>
/// <param name="Special">The tokens that stand for no text of their own.</param>
/// <param name="ModelMaxLength">Tokens that a text is padded or cut to.</param>
/// <param name="CleanUpSpaces">Whether decoding removes the spaces before punctuation.</param>
/// <param name="CutsLeft">Whether a text that is too long loses its beginning rather than its end.</param>
internal sealed record TokenizerConfig(
    SpecialTokens Special, int ModelMaxLength = TokenizerConfig.ViltMaxLength, bool CleanUpSpaces = true, bool CutsLeft = false)
{
    private const string FileName = "tokenizer_config.json", MapName = "special_tokens_map.json", AddedName = "added_tokens.json";
    private const int ViltMaxLength = 40; // positions that ViLT's text embedding has
    private const int LongestText = 1 << 16;

    /// <summary>Added tokens, in the order in which transformers adds them.</summary>
    public IReadOnlyList<FoundToken> Added { get; private init; } = [];

    /// <summary><c>tokenizer.json</c>, which must say the same; null if there is none.</summary>
    public TokenizerJson? Json { get; private init; }

    /// <summary>Reads what is there: transformers, too, uses its defaults where a file or field is missing.</summary>
    /// <exception cref="InvalidDataException">A file is not JSON, or asks for something an uncased BERT tokenizer does not do.</exception>
    public static TokenizerConfig Read(string folder)
    {
        var file = ReadIfThere(folder, FileName);
        var map = file?[AddedTokenFiles.Decoder] is null ? ReadIfThere(folder, MapName) : null; // of older files, and then before the first
        var standard = new SpecialTokens();
        var special = new SpecialTokens(
            Token("pad_token", standard.Padding), Token("unk_token", standard.Unknown), Token("cls_token", standard.Classifier),
            Token("sep_token", standard.Separator), Token("mask_token", standard.Mask));
        TokenizerRules.Check(file);
        var json = ReadIfThere(folder, TokenizerJson.FileName) is { } whole ? new TokenizerJson(whole, special) : null;
        var side = TokenizerRules.Side(file, TokenizerRules.Truncation) ?? json?.TruncationSide;
        return new(special, MaxLength(file), file?.Value("clean_up_tokenization_spaces", true, "true or false") ?? true, side == TokenizerRules.Left)
        {
            Json = json,
            Added = [.. json?.Added() ?? [], .. AddedTokenFiles.Read(file, map, ReadIfThere(folder, AddedName), special)],
        };

        string Token(string field, string fallback) => Content(map, field) ?? Content(file, field) ?? fallback;
    }

    /// <summary>Writes the files.</summary>
    public void Write(string folder, AddedTokens added)
    {
        var file = new JsonObject
        {
            [AddedTokenFiles.Decoder] = new JsonObject(added.ById.Select(
                token => KeyValuePair.Create(token.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)token.Value.ToJson()))),
            ["clean_up_tokenization_spaces"] = CleanUpSpaces,
            ["do_basic_tokenize"] = true,
            ["do_lower_case"] = true,
            ["model_max_length"] = ModelMaxLength,
            ["processor_class"] = nameof(ViltProcessor),
            ["strip_accents"] = null,
            ["tokenize_chinese_chars"] = true,
            ["tokenizer_class"] = "BertTokenizer",
        };
        if (CutsLeft)
        {
            file[TokenizerRules.Truncation] = TokenizerRules.Left;
        }

        JsonObject map = [];
        foreach (var (field, token) in Special.Named)
        {
            (file[field], map[field]) = (token, token);
        }

        WriteMore(folder, file, map, added);
        ConfigFile.Write(Path.Combine(folder, FileName), file);
        ConfigFile.Write(Path.Combine(folder, MapName), map);
    }

    private void WriteMore(string folder, JsonObject file, JsonObject map, AddedTokens added)
    {
        AddedToken[] special = [.. added.ById.Values.Where(token => token.Special && !Special.Named.Any(named => named.Token == token.Content))];
        if (special.Length > 0)
        {
            file[AddedTokenFiles.Additional] = new JsonArray([.. special.Select(token => JsonValue.Create(token.Content))]);
            map[AddedTokenFiles.Additional] = new JsonArray([.. special.Select(token => token.ToJson(withSpecial: false))]);
        }

        var path = Path.Combine(folder, AddedName);
        if (added.Beyond.Any())
        {
            ConfigFile.Write(path, new JsonObject(added.Beyond.OrderBy(token => token.Value.Content, StringComparer.Ordinal)
                .Select(token => KeyValuePair.Create(token.Value.Content, (JsonNode?)token.Key))));
        }
        else
        {
            File.Delete(path); // from another tokenizer that was here
        }

        File.Delete(Path.Combine(folder, TokenizerJson.FileName)); // transformers would follow it instead of these files
    }

    private static ConfigFile? ReadIfThere(string folder, string name) =>
        Path.Combine(folder, name) is var path && File.Exists(path) ? ConfigFile.Read(path) : null;

    // A number as large as 1e30 is how transformers writes that there is no limit.
    private static int MaxLength(ConfigFile? file)
    {
        var length = file?.Value("model_max_length", (double)ViltMaxLength, $"a whole number from 2 to {LongestText}",
            value => IsUnlimited(value) || (value is >= 2 and <= LongestText && value == Math.Floor(value))) ?? ViltMaxLength;
        return IsUnlimited(length) ? ViltMaxLength : (int)length;

        static bool IsUnlimited(double value) => value > int.MaxValue;
    }

    // A token is written as its text or as an object that holds it.
    private static string? Content(ConfigFile? file, string field) => file?[field] is not { } node ? null
        : AddedToken.Read(node, special: true)?.Content ?? throw file.Wrong(field, "a token");
}
