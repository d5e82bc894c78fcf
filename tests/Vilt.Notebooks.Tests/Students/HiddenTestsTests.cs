using Vilt.Notebooks.Students;

namespace Vilt.Notebooks.Tests.Students;

public sealed class HiddenTestsTests
{
    [Theory]
    [InlineData("a;\n// BEGIN HIDDEN TESTS\nb;\n// END HIDDEN TESTS\nc;", "a;\nc;")]
    [InlineData("a;\n// BEGIN HIDDEN TESTS\nb;\n// END HIDDEN TESTS", "a;")]
    [InlineData("a;\n### BEGIN HIDDEN TESTS\nb;", "a;")]
    [InlineData("// BEGIN HIDDEN TESTS\nb;\n// END HIDDEN TESTS\nc;", "c;")]
    [InlineData("a; // tests", "a; // tests")]
    public void Students_do_not_get_hidden_tests(string source, string expected) => Assert.Equal(expected, HiddenTests.Remove(source));
}
