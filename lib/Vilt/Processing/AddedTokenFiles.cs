using System.Globalization;
using System.Text.Json.Nodes;

namespace Vilt.Processing;

/// <summary>Where transformers' files name added tokens, in the order in which it adds them.</summary>
internal static class AddedTokenFiles
{
    /// <summary>The field of special tokens besides the five that have names.</summary>
    public const string Additional = "additional_special_tokens";

    /// <summary>The field of newer files that lists all added tokens: if it is there, transformers looks nowhere else for them.</summary>
    public const string Decoder = "added_tokens_decoder";

    private const string Extra = "extra_special_tokens";

    /// <param name="file"><c>tokenizer_config.json</c>.</param>
    /// <param name="map"><c>special_tokens_map.json</c>; null if it does not count.</param>
    /// <param name="added"><c>added_tokens.json</c>, which counts if the first has no <see cref="Decoder"/>.</param>
    /// <param name="special">The tokens that stand for no text of their own.</param>
    /// <exception cref="InvalidDataException">A file is damaged, or two of them disagree.</exception>
    public static IReadOnlyList<FoundToken> Read(ConfigFile? file, ConfigFile? map, ConfigFile? added, SpecialTokens special)
    {
        FoundToken[] named =
        [
            .. special.Named.Select(token => new FoundToken(Special(file, map, token.Field, token.Token), Id: null, token.Field)),
            .. Listed(file), .. Listed(map), .. Extras(file),
        ];
        FoundToken[] encoder = [.. FromEncoder(added, [.. named.Select(token => token.Token.Content)])];
        if (file?[Decoder] is null)
        {
            return [.. encoder, .. named];
        }

        FoundToken[] decoder = [.. FromDecoder(file)];
        var lost = encoder.FirstOrDefault(token => !decoder.Any(known => known.Id == token.Id && known.Token.Content == token.Token.Content));
        return lost is null ? [.. decoder, .. named] : throw file.Wrong(
            Decoder, $"\"{lost.Token.Content}\" among them with the id {lost.Id}, as {lost.Place} has it");
    }

    // A token written as an object says how it is to be found.
    private static AddedToken Special(ConfigFile? file, ConfigFile? map, string field, string token) =>
        (AddedToken.Read(map?[field], special: true) ?? AddedToken.Read(file?[field], special: file?[field] is JsonValue)
            ?? AddedToken.Plain(token, special: true)) with
        { Special = true };

    private static IEnumerable<FoundToken> Listed(ConfigFile? file) => file?[Additional] switch
    {
        null => [],
        JsonArray tokens => tokens.Select(token => Found(file, Additional, token)),
        _ => throw file.Wrong(Additional, "a list of tokens"),
    };

    private static IEnumerable<FoundToken> Extras(ConfigFile? file) => file?[Extra] switch
    {
        null => [],
        JsonArray tokens => tokens.Select(token => Found(file, Extra, token)),
        JsonObject tokens => tokens.Select(token => Found(file, Extra, token.Value)),
        _ => throw file.Wrong(Extra, "tokens by their names"),
    };

    private static FoundToken Found(ConfigFile file, string field, JsonNode? node) => new(
        (AddedToken.Read(node, special: true) ?? throw file.Wrong(field, "tokens, each its text or an object with its content")) with { Special = true },
        Id: null, file.Place(field));

    private static IEnumerable<FoundToken> FromDecoder(ConfigFile file)
    {
        var tokens = file[Decoder] as JsonObject ?? throw file.Wrong(Decoder, "tokens by their ids");
        return tokens.Select(token => new FoundToken(
            AddedToken.Read(token.Value, special: false) ?? throw file.Wrong(Decoder, "tokens, each an object with its content"),
            int.TryParse(token.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw file.Wrong(Decoder, "tokens by their ids"),
            file.Place(Decoder))).OrderBy(token => token.Id);
    }

    private static IEnumerable<FoundToken> FromEncoder(ConfigFile? added, HashSet<string> special) => (added?.Fields ?? []).Select(field => new FoundToken(
        AddedToken.Plain(field, special.Contains(field)),
        added!.Value(field, -1, "the token's id, a whole number", id => id >= 0), added.Place(field))).OrderBy(token => token.Id);
}
