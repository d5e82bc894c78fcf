using System.Net;
using System.Text;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Pages;

/// <summary>An executed notebook as one HTML file that opens without a network.</summary>
internal static class NotebookPage
{
    private const int FewestContents = 3;

    /// <summary>Makes the page.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <param name="plain">Shows code and Markdown as they are written, without parsing them.</param>
    public static async Task<string> RenderAsync(Notebook notebook, string folder, bool plain = false)
    {
        var markdown = new MarkdownPart(new EmbeddedPictures(folder), plain);
        var outputs = new OutputPart(markdown);
        using var highlighter = plain ? null : new CodeHighlighter(folder);
        var body = new StringBuilder();
        foreach (var cell in notebook.Cells)
        {
            body.Append(cell.IsMarkdown ? $"<section class=\"markdown\">\n{markdown.ToHtml(cell.Source, cell.Attachments)}</section>\n"
                : cell.IsCode ? await CodeAsync(cell, highlighter, outputs)
                : "");
        }

        var title = markdown.Headings.Count > 0 ? markdown.Headings[0].Text : Path.GetFileNameWithoutExtension(notebook.Name);
        return HtmlPage.Write(title, Contents(markdown.Headings), body.ToString(), outputs.HasFigures);
    }

    private static async Task<string> CodeAsync(NotebookCell cell, CodeHighlighter? highlighter, OutputPart outputs)
    {
        var shown = string.Concat(cell.Outputs.Select(outputs.ToHtml));
        var source = highlighter is null ? WebUtility.HtmlEncode(cell.Source) : await highlighter.HighlightAsync(cell.Source);
        var result = shown.Length > 0 ? $"<div class=\"outputs\">\n{shown}</div>\n" : "";
        return $"""
            <section class="code">
            <div class="prompt">{(cell.ExecutionCount is { } count ? $"[{count}]" : "")}</div>
            <pre class="source" tabindex="0" role="group" aria-label="Code"><code>{source}</code></pre>
            {result}</section>

            """;
    }

    private static string Contents(IReadOnlyList<Heading> headings)
    {
        if (headings.Count < FewestContents)
        {
            return "";
        }

        var entries = headings.Where(heading => heading.Level <= 3).Select(heading =>
            $"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{WebUtility.HtmlEncode(heading.Text)}</a></li>");
        return $"<nav aria-label=\"Contents\"><ul>{string.Concat(entries)}</ul></nav>\n";
    }
}
