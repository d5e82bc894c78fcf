using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Kernel.Language;

/// <summary>Tells a whole cell from one that goes on in the next line.</summary>
internal static class CodeCompleteness
{
    private const string Step = "    ";
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static CodeStatus Of(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
        {
            return new("incomplete", IndentAfter(tree));
        }

        var isValid = tree.GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        return new(isValid ? "complete" : "invalid", "");
    }

    /// <summary>The last line's indentation, deeper by a step where the line opens something.</summary>
    private static string IndentAfter(SyntaxTree tree)
    {
        var text = tree.GetText();
        var last = tree.GetRoot().GetLastToken(); // The last that is not missing; the end of the file has no width.
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
