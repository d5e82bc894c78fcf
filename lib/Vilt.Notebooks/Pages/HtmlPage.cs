using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Plotly.NET;

namespace Vilt.Notebooks.Pages;

/// <summary>One HTML file that opens without a network.</summary>
internal static partial class HtmlPage
{
    // No script but the page's own two, which are known by their hashes: a nonce could be stolen by an element that was left open.
    // Plotly compiles functions for some kinds of traces. What a policy can't express is removed by Harmless.
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; media-src data:; "
        + "form-action 'none'; base-uri 'none'";

    /// <summary>
    /// Writes the page. Nothing in it fetches anything, sends anything or leads away on its own, whatever HTML the body holds: scripts in
    /// it don't run, and forms can't be sent.
    /// </summary>
    /// <param name="title">The page's title, as text.</param>
    /// <param name="contents">HTML of a table of contents; may be empty.</param>
    /// <param name="body">HTML of the rest.</param>
    /// <param name="hasFigures">Whether it holds a <see cref="Figure"/>.</param>
    /// <param name="script">A script of this program's for a page without figures; null for none.</param>
    public static string Write(string title, string contents, string body, bool hasFigures, string? script = null)
    {
        string[] scripts = hasFigures ? [PlotlyScript(), Resource("fitFigure.js") + Resource("figures.js")]
            : script is not null ? ["", Resource(script)]
            : [];
        var allowed = scripts.Length > 0 ? $"{string.Join(' ', scripts.Select(Hash))}{(hasFigures ? " 'unsafe-eval'" : "")}" : "'none'";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}; script-src {allowed}">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>{Resource("page.css")}</style>
            {(hasFigures ? $"<script>{scripts[0]}</script>" : "")}
            </head>
            <body>
            {Harmless(contents)}<main>
            {Harmless(body)}</main>
            {(scripts.Length > 0 ? $"<script>{scripts[1]}</script>" : "")}
            </body>
            </html>

            """;
    }

    /// <summary>Gives a figure as HTML.</summary>
    /// <param name="plotly">Data and layout for plotly.js, as JSON.</param>
    /// <param name="picture">HTML for where scripts don't run; may be empty.</param>
    /// <param name="description">What it shows, as text.</param>
    public static string Figure(string plotly, string picture, string description)
    {
        var label = WebUtility.HtmlEncode(description);
        var json = plotly.Replace("<", "\\u003c", StringComparison.Ordinal); // Or a "</script>" in a label would end the element.
        return $"<div class=\"paper figure\" role=\"img\" aria-label=\"{label}\">{picture}</div>" +
            $"<script type=\"application/json\" class=\"plotly\">{json}</script>\n";
    }

    /// <summary>
    /// HTML without the elements that lead a page elsewhere or connect to a server in ways that no policy forbids: refreshing by meta,
    /// connecting beforehand by link or for a form, frames. A "&lt;" immediately before a name begins an element, wherever it is, so they
    /// get a name that no browser knows.
    /// </summary>
    private static string Harmless(string html) => Leading().Replace(html, "<${slash}no-${name}");

    /// <summary>A script's hash as a content security policy names it.</summary>
    private static string Hash(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

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

    [GeneratedRegex(
        "<(?<slash>/?)(?<name>meta|link|base|form|i?frame|frameset|fencedframe|portal|object|embed|applet)(?![A-Za-z0-9-])",
        RegexOptions.IgnoreCase)]
    private static partial Regex Leading();
}
