using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Vilt.Notebooks.Pages;

/// <summary>
/// Console text as HTML, as a terminal would show it: colors and styles as spans, other escape sequences and control characters left
/// out; a carriage return or a backspace moves back in the line, and what follows overwrites what was there.
/// </summary>
internal static partial class AnsiText
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        var line = new AnsiLine(html);
        for (var position = 0; position < text.Length;)
        {
            if (text[position] == '\u001b' && Escape().Match(text, position) is { Success: true } escape)
            {
                position += escape.Length;
                if (escape.Groups["codes"].Success)
                {
                    line.Style = line.Style.Apply(escape.Groups["codes"].ValueSpan);
                }
                else if (escape.Groups["erase"].Success)
                {
                    line.Erase(escape.Groups["erase"].Value);
                }

                continue;
            }

            line.Put(Rune.TryGetRuneAt(text, position, out var character) ? character : Rune.ReplacementChar);
            position += Math.Max(1, character.Utf16SequenceLength);
        }

        line.End();
        return html.ToString();
    }

    [GeneratedRegex(@"\G\x1b(?:\[(?<codes>[\d;]{0,200})m|\[(?<erase>[012]?)K|\[[\d;:?]{0,200}[A-Za-z]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\))")]
    private static partial Regex Escape();
}

/// <summary>A line of a terminal, which can be overwritten until it is done.</summary>
/// <param name="html">Gets the line when it is done.</param>
internal sealed class AnsiLine(StringBuilder html)
{
    private const int Longest = 1 << 16; // Longer ones are written as they come.

    private readonly List<(Rune Character, AnsiStyle Style)> cells = [];
    private int column;

    /// <summary>The style of what comes next.</summary>
    public AnsiStyle Style { get; set; }

    public void Put(Rune character)
    {
        switch (character.Value)
        {
            case '\n':
                End();
                html.Append('\n');
                break;
            case '\r':
                column = 0;
                break;
            case '\b':
                column = Math.Max(0, column - 1);
                break;
            case '\t' or (>= ' ' and not (>= 0x7f and <= 0x9f)):
                Write(character);
                break;
        }
    }

    /// <summary>Erase in Line of ECMA-48: to the end (0 or nothing), from the start (1), or all of it (2).</summary>
    public void Erase(string part)
    {
        if (part is "1" or "2")
        {
            CollectionsMarshal.AsSpan(cells)[..Math.Min(column, cells.Count)].Fill((new Rune(' '), default));
        }

        if (part != "1" && column < cells.Count)
        {
            cells.RemoveRange(column, cells.Count - column);
        }
    }

    /// <summary>Writes the line, a span for each piece of one style.</summary>
    public void End()
    {
        var text = new StringBuilder();
        for (var i = 0; i < cells.Count; i++)
        {
            text.Append(cells[i].Character);
            if (i + 1 == cells.Count || cells[i + 1].Style != cells[i].Style)
            {
                html.Append(cells[i].Style.ToHtml(WebUtility.HtmlEncode(text.ToString())));
                text.Clear();
            }
        }

        cells.Clear();
        column = 0;
    }

    private void Write(Rune character)
    {
        if (column == Longest)
        {
            End();
        }

        if (column < cells.Count)
        {
            cells[column] = (character, Style);
        }
        else
        {
            cells.Add((character, Style));
        }

        column++;
    }
}
