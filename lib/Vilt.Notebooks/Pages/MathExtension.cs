using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Vilt.Notebooks.Pages;

/// <summary>Shows formulas as MathML, which browsers typeset without a script or a font. One that <see cref="LatexMath"/> does not know stays as it is written.</summary>
internal sealed class MathExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        // UseMathematics does the parsing: this only renders what it finds.
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new InlineRenderer());
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new BlockRenderer());
    }

    private sealed class InlineRenderer : HtmlObjectRenderer<MathInline>
    {
        protected override void Write(HtmlRenderer renderer, MathInline obj)
        {
            if (LatexMath.ToMathML(obj.Content.ToString(), isBlock: obj.DelimiterCount > 1) is { } formula)
            {
                renderer.Write(formula);
                return;
            }

            var dollars = new string(obj.Delimiter, obj.DelimiterCount);
            renderer.Write("<span class=\"math\">").Write(dollars);
            renderer.WriteEscape(obj.Content).Write(dollars).Write("</span>");
        }
    }

    private sealed class BlockRenderer : HtmlObjectRenderer<MathBlock>
    {
        protected override void Write(HtmlRenderer renderer, MathBlock obj)
        {
            renderer.EnsureLine();
            if (LatexMath.ToMathML(obj.Lines.ToString(), isBlock: true) is { } formula)
            {
                renderer.WriteLine(formula);
                return;
            }

            renderer.Write("<pre class=\"math\" tabindex=\"0\">").WriteLeafRawLines(obj, writeEndOfLines: true, escape: true).WriteLine("</pre>");
        }
    }
}
