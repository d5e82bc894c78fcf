using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Kernel.Language;

/// <summary>Tells a complete cell from one that continues on the next line.</summary>
internal static class CodeCompleteness
{
    private const string Step = "    ";
    private const string NewlineInString = "CS1010"; // Roslyn waits for the closing quote, but it can't come on a later line.
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static CodeStatus Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Script);
        var errors = tree.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (!SyntaxFactory.IsCompleteSubmission(tree) && errors.All(error => error.Id != NewlineInString))
        {
            return new("incomplete", IndentAfter(tree));
        }

        return new(errors.Count == 0 ? "complete" : "invalid", "");
    }

    /// <summary>The last line's indentation, one step deeper where the line opens something.</summary>
    private static string IndentAfter(SyntaxTree tree)
    {
        var text = tree.GetText();
        var last = tree.GetRoot().GetLastToken(); // The last token that is not missing; the end of the file has no width.
        var line = text.Lines.LastOrDefault(line => !string.IsNullOrWhiteSpace(line.ToString())).ToString();
        var indent = line[..(line.Length - line.TrimStart().Length)];
        return Opens(last) ? indent + Step : indent;
    }

    private static bool Opens(SyntaxToken last) => last.Kind() switch
    {
        SyntaxKind.OpenBraceToken or SyntaxKind.OpenParenToken or SyntaxKind.OpenBracketToken => true,
        SyntaxKind.ElseKeyword or SyntaxKind.DoKeyword or SyntaxKind.TryKeyword or SyntaxKind.FinallyKeyword => true,
        SyntaxKind.EqualsToken or SyntaxKind.EqualsGreaterThanToken => true,
        SyntaxKind.ColonToken => last.Parent is SwitchLabelSyntax,
        SyntaxKind.CloseParenToken => last.Parent is StatementSyntax or CatchDeclarationSyntax or ParameterListSyntax,
        _ => last.Parent is BinaryExpressionSyntax binary && binary.OperatorToken == last,
    };
}
