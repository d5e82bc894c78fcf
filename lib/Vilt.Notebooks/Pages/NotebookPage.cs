using System.Net;
using System.Text;
using Plotly.NET;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Pages;

/// <summary>An executed notebook as one HTML file that opens without a network.</summary>
internal static class NotebookPage
{
    private const int FewestContents = 3;

    /// <summary>Makes the page.</summary>
    /// <param name="notebook">The notebook with its outputs.</param>
    public static async Task<string> RenderAsync(Notebook notebook)
    {
        var markdown = new MarkdownPart(new EmbeddedPictures(notebook.Folder));
        var outputs = new OutputPart(markdown);
        using var highlighter = new CodeHighlighter(notebook.Folder);
        var body = new StringBuilder();
        foreach (var cell in notebook.Cells)
        {
            body.Append(cell.IsMarkdown ? $"<section class=\"markdown\">\n{markdown.ToHtml(cell.Source, cell.Attachments)}</section>\n"
                : cell.IsCode ? await CodeAsync(cell, highlighter, outputs)
                : "");
        }

        var title = markdown.Headings.Count > 0 ? markdown.Headings[0].Text : Path.GetFileNameWithoutExtension(notebook.Name);
        return Page(title, Contents(markdown.Headings), body.ToString(), outputs.HasFigures);
    }

    private static async Task<string> CodeAsync(NotebookCell cell, CodeHighlighter highlighter, OutputPart outputs)
    {
        var shown = string.Concat(cell.Outputs.Select(output => outputs.ToHtml(output!.AsObject())));
        var result = shown.Length > 0 ? $"<div class=\"outputs\">\n{shown}</div>\n" : "";
        return $"""
            <section class="code">
            <div class="prompt">{(cell.ExecutionCount is { } count ? $"[{count}]" : "")}</div>
            <pre class="source"><code>{await highlighter.HighlightAsync(cell.Source)}</code></pre>
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

    /// <summary>The content security policy makes sure that nothing in the notebook fetches anything either.</summary>
    private static string Page(string title, string contents, string body, bool hasFigures) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data:">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>{Resource("page.css")}</style>
        {(hasFigures ? $"<script>{PlotlyScript()}</script>" : "")}
        </head>
        <body>
        {contents}<main>
        {body}</main>
        {(hasFigures ? $"<script>{Resource("figures.js")}</script>" : "")}
        </body>
        </html>

        """;

    private static string PlotlyScript()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        return Read(assembly.GetManifestResourceStream(name)!);
    }

    private static string Resource(string name) =>
        Read(typeof(NotebookPage).Assembly.GetManifestResourceStream(typeof(NotebookPage), name)!);

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
