using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary>The settings of <c>tokenizer_config.json</c> that ViLT's uncased BERT tokenizer follows, and those that it refuses.</summary>
internal static class TokenizerRules
{
    /// <summary>A side of a text.</summary>
    public const string Left = "left";

    /// <summary>The field that says where a text that is too long is cut.</summary>
    public const string Truncation = "truncation_side";

    private const string Right = "right", Padding = "padding_side";

    private static readonly string[] Classes = ["BertTokenizer", "BertTokenizerFast"];

    /// <exception cref="InvalidDataException">A setting asks for something else.</exception>
    public static void Check(ConfigFile? file)
    {
        if (file is null)
        {
            return;
        }

        foreach (var rule in (string[])["do_lower_case", "strip_accents", "tokenize_chinese_chars", "do_basic_tokenize"])
        {
            file.Value(rule, fallback: true, "true, or nothing: ViLT's tokenizer is BERT's uncased one", on => on);
        }

        file.Value("split_special_tokens", fallback: false, "false, or nothing: special tokens in a text count as such", on => !on);
        file.Value("wordpieces_prefix", "##", "\"##\", or nothing", prefix => prefix == "##");
        file.Value("tokenizer_class", Classes[0], string.Join(" or ", Classes), Classes.Contains);
        if (Side(file, Padding) == Left)
        {
            throw file.Wrong(Padding, "\"right\", or nothing: ViLT answers from the first token, which would be padding");
        }

        if (file["never_split"] is not (null or JsonArray { Count: 0 }))
        {
            throw file.Wrong("never_split", "nothing: transformers' fast tokenizer does not follow it. Add the words as tokens instead");
        }

        if (file["model_input_names"] is JsonArray names && names.All(name => $"{name}" != "attention_mask"))
        {
            throw file.Wrong("model_input_names", "\"attention_mask\" among them, to tell padding from text");
        }
    }

    /// <summary>A field that is left or right; null where it is missing.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static string? Side(ConfigFile? file, string field) =>
        file?[field] is null ? null : file.Value(field, Right, $"\"{Left}\" or \"{Right}\"", side => side is Left or Right);
}
