using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Students;

/// <summary>Tests that run when work is graded and that students don't see, between nbgrader's marks <c>BEGIN HIDDEN TESTS</c> and <c>END HIDDEN TESTS</c>.</summary>
internal static partial class HiddenTests
{
    /// <summary>Takes them out of a cell's code.</summary>
    public static string Remove(string source) => Marked().Replace(source, "");

    // With the newline before it, since the last line of a cell has none after it; at the beginning with the one after it.
    [GeneratedRegex(@"(?:\A(?<first>)|\n)[^\n]*BEGIN HIDDEN TESTS[^\n]*(?:\n.*?END HIDDEN TESTS[^\n]*|.*)(?(first)\n?)", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
