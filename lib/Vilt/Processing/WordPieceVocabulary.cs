namespace Vilt.Processing;

/// <summary>The tokens of <c>vocab.txt</c>, one per line: a token's id is the number of its line, from 0.</summary>
internal sealed class WordPieceVocabulary
{
    private const string FileName = "vocab.txt";
    private readonly Dictionary<string, int> ids;

    private WordPieceVocabulary(string[] tokens, Dictionary<string, int> ids) => (Tokens, this.ids) = (tokens, ids);

    public IReadOnlyList<string> Tokens { get; }

    public int IdOf(string token) => ids[token];

    public int? Find(string token) => ids.TryGetValue(token, out var id) ? id : null;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is empty or repeated, or a special token is missing.</exception>
    public static WordPieceVocabulary Read(string folder, SpecialTokens special)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no \"{path}\": a tokenizer needs its vocabulary, one token per line.", path);
        }

        var tokens = File.ReadAllLines(path);
        var ids = new Dictionary<string, int>(tokens.Length, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Length; id++)
        {
            if (tokens[id].Length == 0 || !ids.TryAdd(tokens[id], id))
            {
                throw new InvalidDataException($"\"{path}\", line {id + 1}: expected a token that no other line has, found \"{tokens[id]}\" "
                    + (tokens[id].Length == 0 ? "(an empty line)." : $"again (first on line {ids[tokens[id]] + 1})."));
            }
        }

        foreach (var (field, token) in special.Named)
        {
            if (!ids.ContainsKey(token))
            {
                throw new InvalidDataException($"\"{path}\" has no line \"{token}\", the {field}: add it, or name another one in tokenizer_config.json.");
            }
        }

        return new WordPieceVocabulary(tokens, ids);
    }

    public void Write(string folder) => ConfigFile.WriteText(Path.Combine(folder, FileName), AsText());

    public string AsText() => string.Join('\n', Tokens) + "\n";
}
