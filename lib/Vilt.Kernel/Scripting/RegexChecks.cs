using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vilt.Kernel.Scripting;

/// <summary>Puts <see cref="CellRegex"/> in the place of <c>new Regex(…)</c> and of <c>Regex</c> in <c>Regex.IsMatch(…)</c>.</summary>
internal sealed class RegexChecks : CSharpSyntaxWalker
{
    private const string Name = "Regex";
    private const string FullName = "System.Text.RegularExpressions.Regex";
    private const string Replacement = "global::Vilt.Kernel.Scripting." + nameof(CellRegex);
    private const string Creation = Replacement + "." + nameof(CellRegex.Create);

    private readonly List<TextChange> changes = [];
    private readonly Lazy<SemanticModel> model;

    private RegexChecks(Lazy<SemanticModel> model) => this.model = model;

    /// <summary>The changes to a tree without errors.</summary>
    public static IReadOnlyList<TextChange> In(SyntaxNode root, Lazy<SemanticModel> model)
    {
        var checks = new RegexChecks(model);
        if (root.DescendantTokens().Any(token => token.ValueText == Name))
        {
            checks.Visit(root);
        }

        return checks.changes;
    }

    public override void VisitObjectCreationExpression(ObjectCreationExpressionSyntax node)
    {
        if (IsRegex(node.Type))
        {
            changes.Add(new(TextSpan.FromBounds(node.SpanStart, node.Type.Span.End), Creation));
        }

        base.VisitObjectCreationExpression(node);
    }

    public override void VisitImplicitObjectCreationExpression(ImplicitObjectCreationExpressionSyntax node)
    {
        if (model.Value.GetTypeInfo(node).Type?.ToDisplayString() == FullName)
        {
            changes.Add(new(node.NewKeyword.Span, Creation));
        }

        base.VisitImplicitObjectCreationExpression(node);
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (IsRegex(node.Expression))
        {
            changes.Add(new(node.Expression.Span, Replacement));
            return;
        }

        base.VisitMemberAccessExpression(node);
    }

    private bool IsRegex(ExpressionSyntax name) =>
        name.GetLastToken().ValueText == Name && model.Value.GetSymbolInfo(name).Symbol is INamedTypeSymbol type && type.ToDisplayString() == FullName;
}
