using System.Text.RegularExpressions;

namespace Vilt.Kernel.Magics;

/// <summary>A line such as <c>#!set --name x --value @input:"Which one?"</c>.</summary>
/// <param name="Name">The command, with its <c>#!</c>.</param>
/// <param name="Words">What follows it: options, values and texts in quotes.</param>
/// <param name="Number">The cell's 1-based line.</param>
internal sealed partial record MagicLine(string Name, IReadOnlyList<string> Words, int Number)
{
    public const string Mark = "#!";

    /// <summary>Reads a line that begins with <see cref="Mark"/>.</summary>
    public static MagicLine Parse(string line, int number)
    {
        List<string> words = [.. Word().Matches(line).Select(match => match.Value)];
        return new(words.FirstOrDefault(Mark), words.Skip(1).ToList(), number);
    }

    /// <summary>Takes the quotes off a word that has them around it.</summary>
    public static string Unquote(string word) =>
        word.Length > 1 && word[0] == '"' && word[^1] == '"' ? word[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : word;

    /// <summary>A word may hold texts in quotes and JSON in braces, spaces included.</summary>
    [GeneratedRegex("""(?:"(?:\\.|[^"\\])*"|\{(?:"(?:\\.|[^"\\])*"|[^"}])*\}|[^\s"{]|["{])+""")]
    private static partial Regex Word();
}
