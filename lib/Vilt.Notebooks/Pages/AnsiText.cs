using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Pages;

/// <summary>Console text as HTML: ANSI colors as spans, other escape sequences left out, overwritten progress lines at their last state.</summary>
internal static partial class AnsiText
{
    private static readonly string[] Colors = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var style = new SortedSet<string>(StringComparer.Ordinal);
        var position = 0;
        text = Overwritten().Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), "");
        foreach (Match escape in Escape().Matches(text))
        {
            AppendSpan(html, text[position..escape.Index], style);
            position = escape.Index + escape.Length;
            if (escape.Groups["codes"].Success)
            {
                Apply(escape.Groups["codes"].Value, style);
            }
        }

        AppendSpan(html, text[position..], style);
        return html.ToString();
    }

    private static void AppendSpan(StringBuilder html, string text, SortedSet<string> style)
    {
        var encoded = WebUtility.HtmlEncode(text);
        html.Append(style.Count == 0 || text.Length == 0 ? encoded : $"<span class=\"{string.Join(' ', style)}\">{encoded}</span>");
    }

    /// <summary>Select Graphic Rendition of ECMA-48: bold, the eight colors and their bright forms, and back.</summary>
    private static void Apply(string codes, SortedSet<string> style)
    {
        foreach (var code in codes.Split(';').Select(code => int.TryParse(code, out var number) ? number : 0))
        {
            switch (code)
            {
                case 0:
                    style.Clear();
                    break;
                case 1:
                    style.Add("ansi-bold");
                    break;
                case (>= 30 and <= 39) or (>= 90 and <= 97):
                    style.RemoveWhere(name => name != "ansi-bold");
                    if (code != 39 && code != 38)
                    {
                        style.Add("ansi-" + Colors[code % 10]);
                    }

                    break;
                case 22:
                    style.Remove("ansi-bold");
                    break;
            }
        }
    }

    [GeneratedRegex(@"[^\n]*\r(?=[^\n])")]
    private static partial Regex Overwritten();

    [GeneratedRegex(@"\x1b(?:\[(?<codes>[\d;]*)m|\[[\d;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\))")]
    private static partial Regex Escape();
}
