using System.Net;
using System.Text.Json.Nodes;
using Markdig;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Vilt.Notebooks.Pages;

/// <summary>Turns the Markdown of a notebook's cells into HTML, and gathers the headings.</summary>
/// <param name="pictures">Brings pictures into the page.</param>
/// <param name="plain">Shows Markdown as it is written.</param>
internal sealed class MarkdownPart(EmbeddedPictures pictures, bool plain)
{
    // Tables and the like, but nothing that gives meaning to braces or colons, which prose about code is full of.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseAutoLinks().UseFootnotes()
        .UseMathematics().Use<MathExtension>()
        .Build();

    private readonly List<Heading> headings = [];

    /// <summary>The headings so far.</summary>
    public IReadOnlyList<Heading> Headings => headings;

    /// <summary>Converts Markdown to HTML; HTML in it stays. What is nested too deeply is shown as it is written.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="attachments">The cell's own pictures, which <c>attachment:name</c> refers to.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        if (plain)
        {
            return AsWritten(markdown);
        }

        try
        {
            var document = Markdown.Parse(markdown, Pipeline);
            var own = document.Descendants<HeadingBlock>().Select(Entry).ToList();
            var html = pictures.Embed(document.ToHtml(Pipeline), attachments);
            headings.AddRange(own);
            return html;
        }
        catch (ArgumentException) // Markdig's, of more than 128 levels.
        {
            return AsWritten(markdown);
        }
    }

    private static string AsWritten(string markdown) => $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>\n";

    private Heading Entry(HeadingBlock heading, int index)
    {
        var entry = new Heading(heading.Level, PlainText(heading), $"section-{headings.Count + index + 1}");
        heading.GetAttributes().Id = entry.Id;
        return entry;
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
