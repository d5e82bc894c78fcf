using Microsoft.ML.Tokenizers;

namespace Vilt.Processing;

/// <summary>The tokens that are looked for in a text before it is split into words: the five special ones, and those that were added.</summary>
internal sealed class AddedTokens
{
    private readonly SortedDictionary<int, AddedToken> byId = [];
    private readonly WordPieceVocabulary vocabulary;
    private readonly AddedTokenSplitter raw;
    private readonly AddedTokenSplitter normalized;

    /// <param name="found">The tokens of a tokenizer's files, in the order in which transformers adds them.</param>
    /// <param name="vocabulary">The tokens that were there before.</param>
    /// <param name="normalizer">What texts go through before words are looked for.</param>
    /// <exception cref="InvalidDataException">
    /// A token does not have the id that it would get, or nothing of it is left to look for.
    /// </exception>
    public AddedTokens(IEnumerable<FoundToken> found, WordPieceVocabulary vocabulary, Normalizer normalizer)
    {
        this.vocabulary = vocabulary;
        TotalCount = vocabulary.Tokens.Count;
        foreach (var token in found)
        {
            Add(token);
        }

        raw = new(byId.Where(pair => !pair.Value.Normalized).Select(pair => (pair.Value.Content, pair.Key, pair.Value)));
        normalized = new(byId.Where(pair => pair.Value.Normalized).Select(pair => (Lowered(pair.Value, normalizer), pair.Key, pair.Value)));
    }

    /// <summary>Number of tokens, including those of the vocabulary.</summary>
    public int TotalCount { get; private set; }

    /// <summary>The tokens with their ids, in the order of these.</summary>
    public IReadOnlyDictionary<int, AddedToken> ById => byId;

    /// <summary>The tokens that are not in the vocabulary.</summary>
    public IEnumerable<KeyValuePair<int, AddedToken>> Beyond => byId.Where(pair => pair.Key >= vocabulary.Tokens.Count);

    /// <summary>The text of an id, added or not; null if there is no such id.</summary>
    public string? TextOf(long id) => id < 0 || id >= TotalCount ? null
        : byId.TryGetValue((int)id, out var token) ? token.Content : vocabulary.Tokens[(int)id];

    /// <summary>Whether an id is that of a special token.</summary>
    public bool IsSpecial(long id) => byId.TryGetValue((int)id, out var token) && token.Special;

    /// <summary>Whether a text as it is may have such tokens in it.</summary>
    public bool AreIn(string text) => raw.MayFindIn(text);

    /// <summary>Whether a normalized text may.</summary>
    public bool AreInNormalized(string text) => normalized.MayFindIn(text);

    /// <summary>Finds the tokens that are looked for in a text as it is.</summary>
    public IEnumerable<(int? Id, string Text)> Split(string text) => raw.Split(text);

    /// <summary>Finds those that are looked for in a normalized text.</summary>
    public IEnumerable<(int? Id, string Text)> SplitNormalized(string text) => normalized.Split(text);

    private void Add(FoundToken found)
    {
        var next = TotalCount;
        var id = vocabulary.Find(found.Token.Content) ?? byId.FirstOrDefault(pair => pair.Value.Content == found.Token.Content, new(next, found.Token)).Key;
        if (found.Id is { } wanted && wanted != id)
        {
            throw new InvalidDataException($"{found.Place} has \"{found.Token.Content}\" with the id {wanted}; expected {id}, "
                + (id == next ? "the next free one." : "which it has already."));
        }

        byId.TryAdd(id, found.Token);
        TotalCount = Math.Max(TotalCount, id + 1);
    }

    private static string Lowered(AddedToken token, Normalizer normalizer) => normalizer.Normalize(token.Content) is { Length: > 0 } text
        ? text
        : throw new InvalidDataException($"Normalizing leaves nothing of the added token \"{token.Content}\" to look for: mark it as not normalized.");
}

/// <summary>A token of a tokenizer's files.</summary>
/// <param name="Token">The token.</param>
/// <param name="Id">The id that it has there; null if it is to get the next one.</param>
/// <param name="Place">The file and field, for a message.</param>
internal sealed record FoundToken(AddedToken Token, int? Id, string Place);
