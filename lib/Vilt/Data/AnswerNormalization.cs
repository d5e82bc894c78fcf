using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// How the official VQA evaluation (GT-Vision-Lab/VQA, <c>vqaEval.py</c>: <c>evaluate</c>, <c>processPunctuation</c>,
/// <c>processDigitArticle</c>) normalizes answers before it compares them, oddities included.
/// </summary>
internal static partial class AnswerNormalization
{
    private const string Marks = ";/[]\"{}()=+\\_-><@`,?!";
    private const int MostPeriods = 32; // The evaluation passes re.UNICODE, which is 32, where re.sub takes a count.

    private static readonly FrozenSet<string> Articles = FrozenSet.Create("a", "an", "the");

    private static readonly FrozenDictionary<string, string> NumberWords = new Dictionary<string, string>
    {
        ["none"] = "0",
        ["zero"] = "0",
        ["one"] = "1",
        ["two"] = "2",
        ["three"] = "3",
        ["four"] = "4",
        ["five"] = "5",
        ["six"] = "6",
        ["seven"] = "7",
        ["eight"] = "8",
        ["nine"] = "9",
        ["ten"] = "10",
    }.ToFrozenDictionary();

    /// <summary>What is done to every answer: tabs and newlines become spaces, and the ends are stripped.</summary>
    public static string Trim(string answer)
    {
        var text = answer.Replace('\n', ' ').Replace('\t', ' ');
        var start = 0;
        var end = text.Length;
        while (start < end && IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>What is also done where the annotators differ: marks, lower case, number words, articles, contractions.</summary>
    public static string Normalize(string trimmed)
    {
        var words = Words(RemoveMarks(trimmed).ToLowerInvariant())
            .Select(word => NumberWords.GetValueOrDefault(word, word))
            .Where(word => !Articles.Contains(word))
            .Select(Contractions.Restore);
        return string.Join(' ', words);
    }

    // A mark that touches a space anywhere is deleted everywhere, and so is every mark if a comma separates two digits.
    private static string RemoveMarks(string text)
    {
        var hasGroupedDigits = CommaBetweenDigits().IsMatch(text);
        var result = text;
        foreach (var mark in Marks)
        {
            var touchesSpace = text.Contains($"{mark} ", StringComparison.Ordinal) || text.Contains($" {mark}", StringComparison.Ordinal);
            result = result.Replace(mark.ToString(), hasGroupedDigits || touchesSpace ? "" : " ", StringComparison.Ordinal);
        }

        return PeriodBeforeNoDigit().Replace(result, "", MostPeriods);
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsSpace(text[i]))
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i];
            }

            start = i + 1;
        }
    }

    // Python's white space: .NET's, and the four separators of ASCII.
    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1C' and <= '\x1F';

    [GeneratedRegex("[0-9],[0-9]")]
    private static partial Regex CommaBetweenDigits();

    [GeneratedRegex(@"\.(?![0-9])")]
    private static partial Regex PeriodBeforeNoDigit();
}
