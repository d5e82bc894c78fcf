using System.Text;
using Microsoft.ML.Tokenizers;
using WordPieces = Microsoft.ML.Tokenizers.WordPieceTokenizer;

namespace Vilt.Processing;

/// <summary>BERT's uncased WordPiece tokenizer, equal to transformers' <c>BertTokenizerFast</c>. Splitting words into pieces is
/// Microsoft.ML.Tokenizers' work; what comes before follows Hugging Face's rules.</summary>
public sealed class WordPieceTokenizer
{
    internal const string Continuation = "##";
    internal const int LongestWord = 100; // a longer one is unknown (transformers' max_input_chars_per_word)

    // transformers' clean_up_tokenization, in its order.
    private static readonly (string Spaced, string Closed)[] Closings =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private readonly TokenizerConfig config;
    private readonly WordPieceVocabulary vocabulary;
    private readonly BertNormalizer normalizer = new();
    private readonly AddedTokens added;
    private readonly WordPieces pieces;

    private WordPieceTokenizer(TokenizerConfig config, WordPieceVocabulary vocabulary)
    {
        (this.config, this.vocabulary) = (config, vocabulary);
        added = new(config.Added, vocabulary, normalizer);
        pieces = WordPieces.Create(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary.AsText())), new WordPieceOptions
        {
            PreTokenizer = new BertPreTokenizer(),
            UnknownToken = config.Special.Unknown,
            ContinuingSubwordPrefix = Continuation,
            MaxInputCharsPerWord = LongestWord,
        });
    }

    /// <summary>Number of tokens, including those added to the vocabulary.</summary>
    public int VocabularySize => added.TotalCount;

    /// <summary>The number of tokens that questions are padded or cut to, L.</summary>
    public int ModelMaxLength => config.ModelMaxLength;

    /// <summary>Id of the token that pads, <c>[PAD]</c>.</summary>
    public int PadTokenId => vocabulary.IdOf(config.Special.Padding);

    /// <summary>Id of the token for a word without pieces, <c>[UNK]</c>.</summary>
    public int UnknownTokenId => vocabulary.IdOf(config.Special.Unknown);

    /// <summary>Id of the token that begins a text, <c>[CLS]</c>.</summary>
    public int ClassifierTokenId => vocabulary.IdOf(config.Special.Classifier);

    /// <summary>Id of the token that ends a text, <c>[SEP]</c>.</summary>
    public int SeparatorTokenId => vocabulary.IdOf(config.Special.Separator);

    /// <summary>Id of the token for a word to be guessed, <c>[MASK]</c>.</summary>
    public int MaskTokenId => vocabulary.IdOf(config.Special.Mask);

    /// <summary>
    /// Reads <c>vocab.txt</c> of a folder, and, if they exist, <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c>,
    /// <c>added_tokens.json</c> and <c>tokenizer.json</c>. What they ask for is done as transformers does it, or is an error.
    /// </summary>
    /// <param name="folder">A folder in Hugging Face's layout.</param>
    /// <exception cref="FileNotFoundException">There is no vocabulary.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or does not belong to an uncased BERT tokenizer.</exception>
    public static WordPieceTokenizer Read(string folder)
    {
        var config = TokenizerConfig.Read(folder);
        var vocabulary = WordPieceVocabulary.Read(folder, config.Special);
        config.Json?.RequireSame(vocabulary);
        return new WordPieceTokenizer(config, vocabulary);
    }

    /// <summary>
    /// Writes <c>vocab.txt</c>, <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and, where tokens were added to the vocabulary,
    /// <c>added_tokens.json</c>, as transformers reads them. A <c>tokenizer.json</c> of another tokenizer there is deleted.
    /// </summary>
    /// <param name="folder">The folder, which must exist.</param>
    public void Write(string folder)
    {
        vocabulary.Write(folder);
        config.Write(folder, added);
    }

    /// <summary>Encodes a text as [CLS] … [SEP], cut or padded to a length.</summary>
    /// <param name="text">Any text; a special or added token written out in it counts as that token.</param>
    /// <param name="maxLength">Number of ids to return, L: 2 or more.</param>
    public TokenizedText Encode(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 2);
        long[] ids = new long[maxLength], attention = new long[maxLength];
        var length = 0;
        ids[length++] = ClassifierTokenId;
        foreach (var piece in config.CutsLeft ? PieceIds(text).TakeLast(maxLength - 2) : PieceIds(text).Take(maxLength - 2))
        {
            ids[length++] = piece;
        }

        ids[length++] = SeparatorTokenId;
        ids.AsSpan(length).Fill(PadTokenId);
        attention.AsSpan(0, length).Fill(1);
        return new TokenizedText(ids, attention, new long[maxLength]);
    }

    /// <summary>Encodes many texts, on all cores.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxLength">Number of ids of each, L: 2 or more.</param>
    /// <returns>What <see cref="Encode"/> returns for each, in their order.</returns>
    public IReadOnlyList<TokenizedText> EncodeBatch(IReadOnlyList<string> texts, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var encoded = new TokenizedText[texts.Count];
        Parallel.For(0, encoded.Length, i => encoded[i] = Encode(texts[i], maxLength));
        return encoded;
    }

    /// <summary>The tokens of ids, continued words with <c>##</c>.</summary>
    /// <param name="ids">Token ids.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public IReadOnlyList<string> Tokens(IEnumerable<long> ids) => [.. ids.Select(TokenOf)];

    /// <summary>The text of ids, with transformers' spacing.</summary>
    /// <param name="ids">Token ids.</param>
    /// <param name="skipSpecialTokens">Whether to leave out [CLS], [SEP], [PAD] and the like.</param>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public string Decode(IEnumerable<long> ids, bool skipSpecialTokens = false)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var token = TokenOf(id);
            if (skipSpecialTokens && added.IsSpecial(id))
            {
                continue;
            }

            if (text.Length == 0)
            {
                text.Append(CloseUp(token));
            }
            else if (token.StartsWith(Continuation, StringComparison.Ordinal))
            {
                text.Append(token, Continuation.Length, token.Length - Continuation.Length);
            }
            else
            {
                text.Append(CloseUp(" " + token)); // each token alone, and the whole text if asked for, as transformers does
            }
        }

        return config.CleanUpSpaces ? CloseUp(text.ToString()) : text.ToString();
    }

    private string TokenOf(long id) => added.TextOf(id)
        ?? throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has ids 0 to {VocabularySize - 1}.");

    private static string CloseUp(string text)
    {
        foreach (var (spaced, closed) in Closings)
        {
            text = text.Replace(spaced, closed, StringComparison.Ordinal);
        }

        return text;
    }

    // First the tokens found in the text as it is, then those found in the normalized text between them.
    private IEnumerable<int> PieceIds(string text) => added.AreIn(text)
        ? added.Split(text).SelectMany(part => part.Id is { } token ? [token] : WordIds(part.Text))
        : WordIds(text);

    private IEnumerable<int> WordIds(string text)
    {
        var normalized = normalizer.Normalize(text);
        return added.AreInNormalized(normalized)
            ? added.SplitNormalized(normalized).SelectMany(part => part.Id is { } token ? [token] : NormalizedIds(part.Text))
            : NormalizedIds(normalized);
    }

    private IReadOnlyList<int> NormalizedIds(string text) => pieces.EncodeToIds(text, considerNormalization: false);
}

/// <summary>A text as token ids, padded or cut to one length L.</summary>
/// <param name="InputIds">Token ids, [CLS] first and [SEP] last, then padding: L of them.</param>
/// <param name="AttentionMask">1 for a token, 0 for padding: L of them.</param>
/// <param name="TokenTypeIds">Sentence of each token, all 0 for a single text: L of them.</param>
public sealed record TokenizedText(long[] InputIds, long[] AttentionMask, long[] TokenTypeIds);
