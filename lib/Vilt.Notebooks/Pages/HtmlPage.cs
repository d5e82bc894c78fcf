using System.Net;
using Plotly.NET;

namespace Vilt.Notebooks.Pages;

/// <summary>One HTML file that opens without a network.</summary>
internal static class HtmlPage
{
    /// <summary>Writes the page. Its content security policy makes sure that nothing in it fetches anything.</summary>
    /// <param name="title">The page's title, as text.</param>
    /// <param name="contents">HTML of a table of contents; may be empty.</param>
    /// <param name="body">HTML of the rest.</param>
    /// <param name="hasFigures">Whether it holds a <see cref="Figure"/>.</param>
    public static string Write(string title, string contents, string body, bool hasFigures) =>
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

    /// <summary>Gives a figure as HTML.</summary>
    /// <param name="plotly">Data and layout for plotly.js, as JSON.</param>
    public static string Figure(string plotly)
    {
        var json = plotly.Replace("<", "\\u003c", StringComparison.Ordinal); // Or a "</script>" in a label would end the element.
        return $"<div class=\"paper figure\"></div><script type=\"application/json\" class=\"plotly\">{json}</script>\n";
    }

    private static string PlotlyScript()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames().Single(name => name.EndsWith(".min.js", StringComparison.Ordinal));
        return Read(assembly.GetManifestResourceStream(name)!);
    }

    private static string Resource(string name) =>
        Read(typeof(HtmlPage).Assembly.GetManifestResourceStream(typeof(HtmlPage), name)!);

    private static string Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
