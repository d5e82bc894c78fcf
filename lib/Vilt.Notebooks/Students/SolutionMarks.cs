using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Students;

/// <summary>Puts a TODO in the place of what stands between the marks BEGIN SOLUTION and END SOLUTION. The marks are nbgrader's.</summary>
internal static partial class SolutionMarks
{
    /// <summary>What stands in code in place of a solution: a cell that is not done says so.</summary>
    public const string CodeStub = "// TODO: your code\nthrow new NotImplementedException(\"Not done yet.\");";

    /// <summary>What stands in Markdown in place of a solution.</summary>
    public const string TextStub = "*TODO: your answer*";

    /// <summary>In code the marks are comments that stand alone on their lines: <c>// BEGIN SOLUTION</c>.</summary>
    public static string ReplaceInCode(string source) => Replace(source, CodeMark(), CodeStub);

    /// <summary>In Markdown they are <c>&lt;!-- BEGIN SOLUTION --&gt;</c>.</summary>
    public static string ReplaceInMarkdown(string source) => Replace(source, MarkdownMark(), TextStub);

    private static string Replace(string source, Regex mark, string stub)
    {
        var kept = new List<string>();
        int? begin = null;
        foreach (var (line, number) in source.Split('\n').Select((line, i) => (line, i + 1)))
        {
            var match = mark.Match(line);
            if (!match.Success)
            {
                if (begin is null)
                {
                    kept.Add(line);
                }

                continue;
            }

            CheckAlone(line, match, number);
            begin = match.Groups["begin"].Success ? Begin(begin, number) : End(begin, number);
            if (begin is not null)
            {
                kept.AddRange(stub.Split('\n').Select(part => line[..match.Index] + part));
            }
        }

        return begin is { } open ? throw new SolutionMarkException(open, "BEGIN SOLUTION has no END SOLUTION in its cell.") : string.Join('\n', kept);
    }

    private static void CheckAlone(string line, Match match, int number)
    {
        if (line.Trim().Length != match.Length)
        {
            throw new SolutionMarkException(number, $"the mark {match.Value} must stand alone on its line.");
        }
    }

    private static int Begin(int? begin, int number) =>
        begin is { } open ? throw new SolutionMarkException(number, $"BEGIN SOLUTION within the solution that begins in line {open}.") : number;

    private static int? End(int? begin, int number) =>
        begin is null ? throw new SolutionMarkException(number, "END SOLUTION without a BEGIN SOLUTION before it.") : null;

    [GeneratedRegex(@"//\s*(?:(?<begin>BEGIN)|END) SOLUTION\b")]
    private static partial Regex CodeMark();

    [GeneratedRegex(@"<!--\s*(?:(?<begin>BEGIN)|END) SOLUTION\s*-->")]
    private static partial Regex MarkdownMark();
}
