using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vilt.Kernel.Magics;

/// <summary>Splits a cell at the lines that begin with <c>#!</c> or <c>#i</c>, except inside strings and comments.</summary>
internal static class CellParts
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Splits a cell.</summary>
    /// <param name="code">The cell.</param>
    /// <returns>Its parts in order; for a cell without magic commands, the code as it is.</returns>
    /// <exception cref="UnknownMagicException">A line names no command of this kernel. Nothing is to run then.</exception>
    public static IReadOnlyList<CellPart> Of(string code)
    {
        if (!MayHoldMagic(code))
        {
            return [new CodePart(code)];
        }

        var parts = new List<CellPart>();
        foreach (var stretch in Stretches(code))
        {
            if (stretch.Line is { } line)
            {
                parts.Add(new MagicPart(line, MagicCommands.Get(line), stretch.Text));
            }
            else if (!string.IsNullOrWhiteSpace(stretch.Text))
            {
                parts.Add(new CodePart(new string('\n', stretch.Start) + stretch.Text));
            }
        }

        return parts;
    }

    /// <summary>The cell with spaces in place of everything that is not C#, so that positions stay as they are.</summary>
    public static string OnlyCode(string code)
    {
        if (!MayHoldMagic(code))
        {
            return code;
        }

        var lines = code.Split('\n');
        foreach (var stretch in Stretches(code).Where(stretch => stretch.Line is not null))
        {
            for (var i = stretch.Start; i < stretch.End; i++)
            {
                lines[i] = new string(' ', lines[i].Length);
            }
        }

        return string.Join('\n', lines);
    }

    private static bool MayHoldMagic(string code) =>
        code.StartsWith('#') || code.Contains("\n#!", StringComparison.Ordinal) || code.Contains("\n#i", StringComparison.Ordinal);

    private static IEnumerable<Stretch> Stretches(string code)
    {
        var lines = code.Split('\n');
        for (var start = 0; start < lines.Length;)
        {
            var stretch = IsMagic(lines[start]) ? MagicAt(lines, start) : CodeAt(lines, start);
            yield return stretch;
            start = stretch.End;
        }
    }

    private static Stretch MagicAt(string[] lines, int start)
    {
        var line = MagicLine.Parse(lines[start], start + 1);
        var end = start + 1;
        if (MagicCommands.TakesText(line.Name))
        {
            while (end < lines.Length && !IsMagic(lines[end]))
            {
                end++;
            }
        }

        return new(line, start, end, string.Join('\n', lines[(start + 1)..end]));
    }

    private static Stretch CodeAt(string[] lines, int start)
    {
        var rest = string.Join('\n', lines[start..]);
        var root = CSharpSyntaxTree.ParseText(rest, Script).GetRoot();
        var position = lines[start].Length + 1;
        var end = start + 1;
        for (; end < lines.Length && !(IsMagic(lines[end]) && !IsWithinText(root, position)); end++)
        {
            position += lines[end].Length + 1;
        }

        var text = string.Join('\n', lines[start..end]);
        return new(null, start, end, text.StartsWith(MagicLine.Mark, StringComparison.Ordinal) ? "//" + text[MagicLine.Mark.Length..] : text);
    }

    /// <summary>Whether a line calls a command. With a path after the mark it is a script's first line, which names an interpreter.</summary>
    private static bool IsMagic(string line) => line.StartsWith(MagicLine.Mark, StringComparison.Ordinal)
        ? line.Length > MagicLine.Mark.Length && line[MagicLine.Mark.Length] != '/'
        : line.StartsWith("#i", StringComparison.Ordinal) && (line.Length == 2 || char.IsWhiteSpace(line[2]) || line[2] == '"');

    private static bool IsWithinText(SyntaxNode root, int position)
    {
        var (token, trivia) = (root.FindToken(position), root.FindTrivia(position));
        return (token.Span.Contains(position) && (token.SpanStart < position || token.IsKind(SyntaxKind.InterpolatedStringTextToken)))
            || trivia.Kind() is SyntaxKind.MultiLineCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;
    }

    /// <summary>Lines that belong together.</summary>
    /// <param name="Line">Their magic command; null for C#.</param>
    /// <param name="Start">The first one's index.</param>
    /// <param name="End">The index after the last.</param>
    /// <param name="Text">The code, or the text below the command.</param>
    private sealed record Stretch(MagicLine? Line, int Start, int End, string Text);
}
