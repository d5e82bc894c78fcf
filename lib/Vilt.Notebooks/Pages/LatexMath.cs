using System.Net;
using System.Text;

namespace Vilt.Notebooks.Pages;

/// <summary>
/// Writes formulas of LaTeX as MathML: letters, numbers, operators, scripts, fractions, roots, text, stretched brackets, and the commands
/// of <see cref="LatexSymbols"/>. A formula with anything else is not written at all, rather than wrongly.
/// </summary>
internal sealed class LatexMath
{
    private const int Longest = 1000; // Braces in braces take stack.

    private readonly string latex;
    private int at;

    private LatexMath(string latex) => this.latex = latex;

    private char Next => at < latex.Length ? latex[at] : '\0';

    /// <summary>The formula in MathML; null if it has something that is not known here.</summary>
    /// <param name="latex">The formula, without its dollars.</param>
    /// <param name="isBlock">Whether it stands on lines of its own.</param>
    public static string? ToMathML(string latex, bool isBlock)
    {
        if (latex.Length > Longest)
        {
            return null;
        }

        try
        {
            var formula = new LatexMath(latex.Trim());
            var row = formula.Row(end: "");
            var block = isBlock ? "display=\"block\" tabindex=\"0\"" : "display=\"inline\""; // a wide one scrolls, so a keyboard must reach it
            return $"<math {block} alttext=\"{WebUtility.HtmlEncode(formula.latex)}\">{row}</math>";
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>All up to a closing brace, to <c>\right</c> or to the end of the formula, which is passed over.</summary>
    private string Row(string end)
    {
        var row = new StringBuilder("<mrow>");
        while (!Ends(end))
        {
            row.Append(WithScripts());
        }

        at += end.Length;
        return row.Append("</mrow>").ToString();
    }

    private bool Ends(string end)
    {
        SkipSpace();
        return at < latex.Length
            ? end.Length > 0 && Follows(end) && !(end.Length > 1 && char.IsAsciiLetter(latex.ElementAtOrDefault(at + end.Length)))
            : end.Length == 0 ? true : throw new FormatException();
    }

    private bool Follows(string text) => latex.AsSpan(at).StartsWith(text, StringComparison.Ordinal);

    private string WithScripts()
    {
        var isLarge = Follows("\\sum") || Follows("\\prod");
        var atom = Atom();
        string? below = null, above = null;
        while (SkipSpace() is '_' or '^' or '\'')
        {
            switch (latex[at++])
            {
                case '_' when below is null:
                    below = Argument();
                    break;
                case '^' when above is null:
                    above = Argument();
                    break;
                case '\'' when above is null:
                    above = "<mo>′</mo>";
                    break;
                default:
                    throw new FormatException();
            }
        }

        return (below, above, isLarge) switch
        {
            (null, null, _) => atom,
            (null, _, false) => $"<msup>{atom}{above}</msup>",
            (_, null, false) => $"<msub>{atom}{below}</msub>",
            (_, _, false) => $"<msubsup>{atom}{below}{above}</msubsup>",
            (null, _, true) => $"<mover>{atom}{above}</mover>",
            (_, null, true) => $"<munder>{atom}{below}</munder>",
            (_, _, true) => $"<munderover>{atom}{below}{above}</munderover>",
        };
    }

    /// <summary>What a command or a script takes: a row in braces, or one thing.</summary>
    private string Argument()
    {
        SkipSpace();
        return Atom();
    }

    private string Atom()
    {
        var c = Next;
        at++;
        return c switch
        {
            '{' => Row(end: "}"),
            '\\' => Command(),
            '-' => "<mo>−</mo>",
            >= '0' and <= '9' => Number(),
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' => $"<mi>{c}</mi>",
            '+' or '=' or '/' or ',' or '|' or '!' or ':' or '<' or '>' or '*' or ';' => $"<mo>{WebUtility.HtmlEncode($"{c}")}</mo>",
            '(' or ')' or '[' or ']' => $"<mo stretchy=\"false\">{c}</mo>",
            _ => throw new FormatException(),
        };
    }

    private string Number()
    {
        var start = at - 1;
        while (char.IsAsciiDigit(Next) || (Next == '.' && at + 1 < latex.Length && char.IsAsciiDigit(latex[at + 1])))
        {
            at++;
        }

        return $"<mn>{latex[start..at]}</mn>";
    }

    private string Command()
    {
        var start = at;
        while (char.IsAsciiLetter(Next))
        {
            at++;
        }

        at += at == start && at < latex.Length ? 1 : 0;
        var name = latex[start..at];
        return name switch
        {
            "frac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
            "sqrt" => $"<msqrt>{Argument()}</msqrt>",
            "text" or "mathrm" => Text(),
            "left" => Brackets(),
            _ => LatexSymbols.MathML(name) ?? throw new FormatException(),
        };
    }

    private string Text()
    {
        var end = latex.IndexOf('}', at);
        if (SkipSpace() != '{' || end < 0 || latex.AsSpan(at + 1, end - at - 1).ContainsAny('\\', '{', '$'))
        {
            throw new FormatException();
        }

        var text = latex[(at + 1)..end].Replace(' ', '\u00a0'); // Or spaces at its ends would go.
        at = end + 1;
        return $"<mtext>{WebUtility.HtmlEncode(text)}</mtext>";
    }

    private string Brackets()
    {
        var open = Bracket();
        var inner = Row(end: "\\right");
        return $"<mrow>{open}{inner}{Bracket()}</mrow>";
    }

    private string Bracket()
    {
        var bracket = SkipSpace();
        at++;
        return bracket is '(' or ')' or '[' or ']' or '|' ? $"<mo>{bracket}</mo>" : bracket == '.' ? "" : throw new FormatException();
    }

    private char SkipSpace()
    {
        while (char.IsWhiteSpace(Next))
        {
            at++;
        }

        return Next;
    }
}
