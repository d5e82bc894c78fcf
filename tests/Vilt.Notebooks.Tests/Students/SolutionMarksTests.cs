using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Tests.Students;

public sealed class SolutionMarksTests
{
    [Fact]
    public void A_solution_in_code_becomes_a_todo_at_its_indent() =>
        Assert.Equal(
            "void F()\n{\n    // TODO: your code\n    throw new NotImplementedException(\"Not done yet.\");\n}\n"
                + "// TODO: your code\nthrow new NotImplementedException(\"Not done yet.\");\nvar end = 1;",
            SolutionMarks.ReplaceInCode(
                "void F()\n{\n    // BEGIN SOLUTION\n    G();\n    H();\n    // END SOLUTION\n}\n//BEGIN SOLUTION\nvar x = 1;\n//  END SOLUTION  \nvar end = 1;"));

    [Fact]
    public void A_solution_in_markdown_becomes_a_todo() =>
        Assert.Equal(
            "**Question:** why?\n\n*TODO: your answer*",
            SolutionMarks.ReplaceInMarkdown("**Question:** why?\n\n<!-- BEGIN SOLUTION -->\nBecause.\n<!-- END SOLUTION -->"));

    [Fact]
    public void Text_without_marks_stays() =>
        Assert.Equal("// BEGIN\nvar s = \"BEGIN SOLUTION\";", SolutionMarks.ReplaceInCode("// BEGIN\nvar s = \"BEGIN SOLUTION\";"));

    [Theory]
    [InlineData("a\n// BEGIN SOLUTION\nb", 2, "no END")]
    [InlineData("a\nb\n// END SOLUTION", 3, "without a BEGIN")]
    [InlineData("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION", 2, "begins in line 1")]
    [InlineData("// BEGIN SOLUTION\nb\n// END SOLUTION\n// END SOLUTION", 4, "without a BEGIN")]
    [InlineData("F(); // BEGIN SOLUTION\n// END SOLUTION", 1, "alone on its line")]
    public void Marks_that_do_not_fit_are_told_by_line(string code, int line, string problem)
    {
        var exception = Assert.Throws<SolutionMarkException>(() => SolutionMarks.ReplaceInCode(code));
        Assert.Equal(line, exception.Line);
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
