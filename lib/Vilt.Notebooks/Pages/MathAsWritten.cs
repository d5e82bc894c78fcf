using Markdig;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace Vilt.Notebooks.Pages;

/// <summary>Leaves formulas as they are written, between their dollars: a page that fetches nothing can't typeset them.</summary>
internal sealed class MathAsWritten : IMarkdownExtension
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
            renderer.Write("<pre class=\"math\">").WriteLeafRawLines(obj, writeEndOfLines: true, escape: true).WriteLine("</pre>");
        }
    }
}
