using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;
using WordPieces = Microsoft.ML.Tokenizers.WordPieceTokenizer;

namespace Vilt.Processing;

/// <summary>BERT's uncased WordPiece tokenizer, equal to transformers' <c>BertTokenizerFast</c>. Splitting words into pieces is
/// Microsoft.ML.Tokenizers' work; what comes before follows Hugging Face's rules.</summary>
public sealed class WordPieceTokenizer
{
    private const string Continuation = "##";
    private const int LongestWord = 100; // a longer one is unknown (transformers' max_input_chars_per_word)

    // transformers' clean_up_tokenization, in its order.
    private static readonly (string Spaced, string Closed)[] Closings =
    [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ];

    private readonly TokenizerConfig _config;
    private readonly WordPieceVocabulary _vocabulary;
    private readonly WordPieces _pieces;
    private readonly Regex _special;
    private readonly HashSet<int> _specialIds;

    private WordPieceTokenizer(TokenizerConfig config, WordPieceVocabulary vocabulary)
    {
        (_config, _vocabulary) = (config, vocabulary);
        _pieces = WordPieces.Create(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary.AsText())), new WordPieceOptions
        {
            Normalizer = new BertNormalizer(),
            PreTokenizer = new BertPreTokenizer(),
            UnknownToken = config.Special.Unknown,
            ContinuingSubwordPrefix = Continuation,
            MaxInputCharsPerWord = LongestWord,
        });
        string[] special = [.. config.Special.Named.Select(token => token.Token)];
        _specialIds = [.. special.Select(vocabulary.IdOf)];
        string anyOf = string.Join('|', special.OrderByDescending(token => token.Length).Select(Regex.Escape));
        _special = new Regex($"({anyOf})", RegexOptions.CultureInvariant);
    }

    /// <summary>Number of tokens in the vocabulary.</summary>
    public int VocabularySize => _vocabulary.Tokens.Count;

    /// <summary>Tokens that the model's questions are padded or cut to, L.</summary>
    public int ModelMaxLength => _config.ModelMaxLength;

    /// <summary>Id of the token that pads, <c>[PAD]</c>.</summary>
    public int PadTokenId => _vocabulary.IdOf(_config.Special.Padding);

    /// <summary>Id of the token for a word without pieces, <c>[UNK]</c>.</summary>
    public int UnknownTokenId => _vocabulary.IdOf(_config.Special.Unknown);

    /// <summary>Id of the token that begins a text, <c>[CLS]</c>.</summary>
    public int ClassifierTokenId => _vocabulary.IdOf(_config.Special.Classifier);

    /// <summary>Id of the token that ends a text, <c>[SEP]</c>.</summary>
    public int SeparatorTokenId => _vocabulary.IdOf(_config.Special.Separator);

    /// <summary>Id of the token for a word to be guessed, <c>[MASK]</c>.</summary>
    public int MaskTokenId => _vocabulary.IdOf(_config.Special.Mask);

    /// <summary>Reads <c>vocab.txt</c> of a folder, and <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> if they are there.</summary>
    /// <param name="folder">A folder in Hugging Face's layout.</param>
    /// <exception cref="FileNotFoundException">There is no vocabulary.</exception>
    /// <exception cref="InvalidDataException">A file is broken, or is not one of an uncased BERT tokenizer.</exception>
    public static WordPieceTokenizer Read(string folder)
    {
        TokenizerConfig config = TokenizerConfig.Read(folder);
        return new WordPieceTokenizer(config, WordPieceVocabulary.Read(folder, config.Special));
    }

    /// <summary>Writes <c>vocab.txt</c>, <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> as transformers reads them.</summary>
    /// <param name="folder">The folder, which must be there.</param>
    public void Write(string folder)
    {
        _vocabulary.Write(folder);
        _config.Write(folder, _vocabulary);
    }

    /// <summary>Encodes a text as [CLS] … [SEP], cut or padded to a length.</summary>
    /// <param name="text">Any text; a special token written out in it counts as that token.</param>
    /// <param name="maxLength">Number of ids to return, L: 2 or more.</param>
    public TokenizedText Encode(string text, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 2);
        long[] ids = new long[maxLength], attention = new long[maxLength];
        int length = 0;
        ids[length++] = ClassifierTokenId;
        foreach (int piece in PieceIds(text).Take(maxLength - 2)) ids[length++] = piece;
        ids[length++] = SeparatorTokenId;
        ids.AsSpan(length).Fill(PadTokenId);
        attention.AsSpan(0, length).Fill(1);
        return new TokenizedText(ids, attention, new long[maxLength]);
    }

    /// <summary>Encodes many texts, on all cores.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="maxLength">Number of ids of each, L: 2 or more.</param>
    /// <returns>What <see cref="Encode"/> gives for each, in their order.</returns>
    public IReadOnlyList<TokenizedText> EncodeBatch(IReadOnlyList<string> texts, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(texts);
        TokenizedText[] encoded = new TokenizedText[texts.Count];
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
        StringBuilder text = new();
        foreach (long id in ids)
        {
            string token = TokenOf(id);
            if (skipSpecialTokens && _specialIds.Contains((int)id)) continue;
            if (text.Length == 0) text.Append(token);
            else if (token.StartsWith(Continuation, StringComparison.Ordinal)) text.Append(token, Continuation.Length, token.Length - Continuation.Length);
            else text.Append(CloseUp(" " + token)); // each token alone, and the text as a whole if asked for: so does transformers
        }
        return _config.CleanUpSpaces ? CloseUp(text.ToString()) : text.ToString();
    }

    private string TokenOf(long id) => id >= 0 && id < VocabularySize ? _vocabulary.Tokens[(int)id]
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"The vocabulary has ids 0 to {VocabularySize - 1}.");

    private static string CloseUp(string text)
    {
        foreach ((string spaced, string closed) in Closings) text = text.Replace(spaced, closed, StringComparison.Ordinal);
        return text;
    }

    // A split by a pattern in parentheses keeps what matched.
    private IEnumerable<int> PieceIds(string text) => !_special.IsMatch(text)
        ? _pieces.EncodeToIds(text)
        : _special.Split(text).SelectMany(part => _special.IsMatch(part) ? [_vocabulary.IdOf(part)] : _pieces.EncodeToIds(part));
}
