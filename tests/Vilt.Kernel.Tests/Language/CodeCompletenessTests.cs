using Vilt.Kernel.Language;

namespace Vilt.Kernel.Tests.Language;

public sealed class CodeCompletenessTests(SharedSession shared) : IClassFixture<SharedSession>
{
    private readonly Session session = shared.Session;

    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("Console.WriteLine(\"a\");")]
    [InlineData("if (true)\n{\n    F();\n}")]
    [InlineData("class A\n{\n}")]
    [InlineData("// a comment")]
    [InlineData("#r \"a.dll\"")]
    [InlineData("await Task.Yield();")]
    public void Whole_code_is_complete(string code) => Assert.Equal(new CodeStatus("complete", ""), session.Language.IsComplete(code));

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) {", "    ")]
    [InlineData("for (var i = 0; i < 3; i++)", "    ")]
    [InlineData("if (true)\n{\n    if (false)\n    {", "        ")]
    [InlineData("if (true)\n{\n    F();", "    ")]
    [InlineData("if (true)\n{\n    F();\n", "    ")]
    [InlineData("class A\n{\n    void F()\n    {\n    }", "    ")]
    [InlineData("void F(int a)", "    ")]
    [InlineData("if (a)\n    F();\nelse", "    ")]
    [InlineData("Call(", "    ")]
    [InlineData("Call(\n    1,", "    ")]
    [InlineData("Call(\n    F(1)", "    ")]
    [InlineData("var x =", "    ")]
    [InlineData("var x = 1 +", "    ")]
    [InlineData("int F() =>", "    ")]
    [InlineData("var t = \"\"\"\n  text", "  ")]
    [InlineData("/* a comment", "")]
    [InlineData("try", "    ")]
    [InlineData("switch (a)\n{\n    case 1:", "        ")]
    [InlineData("\tif (a) {", "\t    ")]
    public void Begun_code_goes_on_indented(string code, string indent) =>
        Assert.Equal(new CodeStatus("incomplete", indent), session.Language.IsComplete(code));

    [Theory]
    [InlineData("var x = ;")]
    [InlineData("var s = \"abc;")]
    [InlineData(")")]
    [InlineData("int 5 = x;")]
    public void Code_that_no_further_line_can_save_is_invalid(string code) =>
        Assert.Equal(new CodeStatus("invalid", ""), session.Language.IsComplete(code));
}
