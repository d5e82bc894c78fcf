using Vilt.Notebooks.Pages;

namespace Vilt.Notebooks.Tests.Pages;

public sealed class LatexMathTests
{
    [Theory]
    [InlineData("x'", "<msup><mi>x</mi><mo>′</mo></msup>")]
    [InlineData("x_i", "<msub><mi>x</mi><mi>i</mi></msub>")]
    [InlineData("x_i'", "<msubsup><mi>x</mi><mi>i</mi><mo>′</mo></msubsup>")]
    [InlineData("1.5 - a", "<mn>1.5</mn><mo>−</mo><mi>a</mi>")]
    [InlineData(@"\frac{\partial F}{2}", "<mfrac><mrow><mi>∂</mi><mi>F</mi></mrow><mrow><mn>2</mn></mrow></mfrac>")]
    [InlineData(@"\min\left(1, a\right)", "<mi>min</mi><mrow><mo>(</mo><mrow><mn>1</mn><mo>,</mo><mi>a</mi></mrow><mo>)</mo></mrow>")]
    [InlineData(@"\left(a \rightarrow b\right)", "<mrow><mo>(</mo><mrow><mi>a</mi><mo>→</mo><mi>b</mi></mrow><mo>)</mo></mrow>")]
    [InlineData(@"\int_0^1 \, d\alpha", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mspace width=\"0.17em\"></mspace><mi>d</mi><mi>α</mi>")]
    [InlineData(@"\sum_{i=1}^n i", "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>")]
    [InlineData(@"\text{people who } a<b", "<mtext>people&#160;who&#160;</mtext><mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    public void A_formula_in_MathML(string latex, string expected) => Assert.Contains($"><mrow>{expected}</mrow></math>", LatexMath.ToMathML(latex, isBlock: false), StringComparison.Ordinal);

    [Theory]
    [InlineData(@"\unknown")]
    [InlineData(@"{a")]
    [InlineData(@"a}")]
    [InlineData(@"a_")]
    [InlineData(@"a_b_c")]
    [InlineData(@"\left(a")]
    [InlineData(@"\left(a\right")]
    [InlineData(@"\frac{a}")]
    [InlineData(@"\text{a")]
    [InlineData(@"\text")]
    [InlineData(@"\")]
    [InlineData("a & b")]
    public void What_is_not_known_is_not_written(string latex) => Assert.Null(LatexMath.ToMathML(latex, isBlock: true));

    [Fact]
    public void Braces_in_braces_without_end_are_left_alone() =>
        Assert.Null(LatexMath.ToMathML(new string('{', 100_000), isBlock: true));
}
