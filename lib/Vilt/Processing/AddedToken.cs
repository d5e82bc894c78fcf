using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary>A token that is looked for in the text itself, before it is split into words (the tokenizers library's <c>AddedToken</c>).</summary>
/// <param name="Content">Its text.</param>
/// <param name="SingleWord">Whether it counts only if no letter or digit is next to it.</param>
/// <param name="LeftStrip">Whether it includes the spaces before it.</param>
/// <param name="RightStrip">Whether it includes the spaces after it.</param>
/// <param name="Normalized">Whether it is looked for in lower case and without accents, as words are.</param>
/// <param name="Special">Whether it stands for no text of its own.</param>
internal sealed record AddedToken(string Content, bool SingleWord, bool LeftStrip, bool RightStrip, bool Normalized, bool Special)
{
    private static readonly string[] Flags = ["single_word", "lstrip", "rstrip", "normalized", "special"];

    /// <summary>A token of which only the text is known.</summary>
    public static AddedToken Plain(string content, bool special) => new(content, false, false, false, !special, special);

    /// <summary>Reads a token that is written as its text or as an object; null if it is neither.</summary>
    /// <param name="node">What is in the file.</param>
    /// <param name="special">Whether it is a special token if the file does not say.</param>
    public static AddedToken? Read(JsonNode? node, bool special)
    {
        if (node is JsonValue)
        {
            return Text(node) is { } text ? Plain(text, special) : null;
        }

        if (node is not JsonObject fields || Text(fields["content"]) is not { } content || Flags.Any(flag => !IsFlag(fields[flag])))
        {
            return null;
        }

        var isSpecial = Flag("special", special);
        return new(content, Flag("single_word", false), Flag("lstrip", false), Flag("rstrip", false), Flag("normalized", !isSpecial), isSpecial);

        bool Flag(string name, bool fallback) => fields[name]?.GetValue<bool>() ?? fallback;
    }

    /// <summary>The token as transformers writes it.</summary>
    /// <param name="withSpecial">Whether to write that it is or is not a special token; not needed in a list that has no others.</param>
    public JsonObject ToJson(bool withSpecial = true)
    {
        var fields = new JsonObject
        {
            ["content"] = Content,
            ["lstrip"] = LeftStrip,
            ["normalized"] = Normalized,
            ["rstrip"] = RightStrip,
            ["single_word"] = SingleWord,
        };
        if (withSpecial)
        {
            fields["special"] = Special;
        }

        return fields;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;

    private static bool IsFlag(JsonNode? node) => node is null || (node is JsonValue value && value.TryGetValue(out bool _));
}
