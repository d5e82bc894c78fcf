using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Vilt.Notebooks.Pages;

/// <summary>Turns the Markdown of a notebook's cells into HTML, and gathers the headings.</summary>
/// <param name="pictures">Brings pictures into the page.</param>
internal sealed class MarkdownPart(EmbeddedPictures pictures)
{
    // Tables and the like, but nothing that gives a meaning to braces or colons, which prose about code is full of.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().UseFootnotes()
        .UseMathematics().Use<MathAsWritten>()
        .Build();

    private readonly List<Heading> headings = [];

    /// <summary>The headings so far.</summary>
    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>Gives Markdown as HTML; the HTML in it stays.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The cell's own pictures, which <c>attachment:name</c> refers to.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var entry = new Heading(heading.Level, PlainText(heading), $"section-{headings.Count + 1}");
            headings.Add(entry);
            heading.GetAttributes().Id = entry.Id;
        }

        return pictures.Embed(document.ToHtml(Pipeline), attachments);
    }

    private static string PlainText(HeadingBlock heading)
    {
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer) { EnableHtmlForInline = false, EnableHtmlEscape = false };
        Pipeline.Setup(renderer);
        renderer.WriteLeafInline(heading);
        return writer.ToString().Trim();
    }
}
