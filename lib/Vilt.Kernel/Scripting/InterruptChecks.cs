using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Puts calls to <see cref="CellChecks"/> into a cell's text: into loop bodies, functions, awaits and between its statements.
/// Nothing is put on a line of its own, so lines stay what they are.
/// </summary>
internal sealed class InterruptChecks : CSharpSyntaxWalker
{
    private const string Checks = "global::Vilt.Kernel.Scripting." + nameof(CellChecks);
    private const string Step = Checks + "." + nameof(CellChecks.Step) + "();";
    private const string Call = Checks + "." + nameof(CellChecks.Call) + "();";
    private const string Wait = Checks + "." + nameof(CellChecks.Wait) + "(";

    private readonly List<TextChange> changes = [];
    private readonly Lazy<SemanticModel> model;

    private InterruptChecks(Lazy<SemanticModel> model) => this.model = model;

    /// <summary>The text of a submission with checks; as it was, where it can't be parsed.</summary>
    public static string Insert(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Last();
        var checks = new InterruptChecks(new(() => compilation.GetSemanticModel(tree)));
        if (tree.GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
        {
            checks.Visit(tree.GetRoot());
        }

        // Sorting keeps the order of what comes to the same place: outer before inner at a start, inner before outer at an end.
        return tree.GetText().WithChanges(checks.changes.OrderBy(change => change.Span.Start)).ToString();
    }

    public override void VisitCompilationUnit(CompilationUnitSyntax node)
    {
        foreach (var member in node.Members.Skip(1).Where(member => member is GlobalStatementSyntax or FieldDeclarationSyntax))
        {
            Put(member.SpanStart, Step);
        }

        base.VisitCompilationUnit(node);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node) => Loop(node.Statement, () => base.VisitWhileStatement(node));

    public override void VisitDoStatement(DoStatementSyntax node) => Loop(node.Statement, () => base.VisitDoStatement(node));

    public override void VisitForStatement(ForStatementSyntax node) => Loop(node.Statement, () => base.VisitForStatement(node));

    public override void VisitForEachStatement(ForEachStatementSyntax node) => Loop(node.Statement, () => base.VisitForEachStatement(node));

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        Loop(node.Statement, () => base.VisitForEachVariableStatement(node));

    public override void VisitGotoStatement(GotoStatementSyntax node) => Surround(node.Span, "{" + Step, "}", () => base.VisitGotoStatement(node));

    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        if (node.Ancestors().Any(ancestor => ancestor is FinallyClauseSyntax))
        {
            base.VisitAwaitExpression(node); // Cleaning up goes on.
            return;
        }

        Surround(node.Expression.Span, Wait, ")", () => base.VisitAwaitExpression(node));
    }

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        Put(node.Block.OpenBraceToken.Span.End, Call);
        base.VisitAnonymousMethodExpression(node);
    }

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        Lambda(node, () => base.VisitSimpleLambdaExpression(node));

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) =>
        Lambda(node, () => base.VisitParenthesizedLambdaExpression(node));

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Function(node.Body, node.ExpressionBody, node.SemicolonToken, Returns(node.ReturnType, node.Modifiers));
        base.VisitMethodDeclaration(node);
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Function(node.Body, node.ExpressionBody, node.SemicolonToken, Returns(node.ReturnType, node.Modifiers));
        base.VisitLocalFunctionStatement(node);
    }

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        Function(node.Body, node.ExpressionBody, node.SemicolonToken, Returns(node.ReturnType, node.Modifiers));
        base.VisitOperatorDeclaration(node);
    }

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        Function(node.Body, node.ExpressionBody, node.SemicolonToken, returns: true);
        base.VisitConversionOperatorDeclaration(node);
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        // A static constructor that throws breaks its class for good.
        if (!node.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            Function(node.Body, node.ExpressionBody, node.SemicolonToken, returns: false);
        }

        base.VisitConstructorDeclaration(node);
    }

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        Function(node.Body, node.ExpressionBody, node.SemicolonToken, node.IsKind(SyntaxKind.GetAccessorDeclaration));
        base.VisitAccessorDeclaration(node);
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        Getter(node.ExpressionBody, node.SemicolonToken);
        base.VisitPropertyDeclaration(node);
    }

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        Getter(node.ExpressionBody, node.SemicolonToken);
        base.VisitIndexerDeclaration(node);
    }

    private static bool Returns(TypeSyntax type, SyntaxTokenList modifiers)
    {
        var name = type is QualifiedNameSyntax qualified ? qualified.Right : type;
        var isVoid = name is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        return !isVoid && (name is GenericNameSyntax || !modifiers.Any(SyntaxKind.AsyncKeyword));
    }

    private static bool Returns(IMethodSymbol lambda) =>
        !lambda.ReturnsVoid && !(lambda.IsAsync && lambda.ReturnType is INamedTypeSymbol { IsGenericType: false });

    private void Loop(StatementSyntax body, Action visit)
    {
        if (body is BlockSyntax block)
        {
            Put(block.OpenBraceToken.Span.End, Step);
            visit();
        }
        else
        {
            Surround(body.Span, "{" + Step, "}", visit);
        }
    }

    private void Lambda(LambdaExpressionSyntax node, Action visit)
    {
        if (node.Block is { } block)
        {
            Put(block.OpenBraceToken.Span.End, Call);
            visit();
        }
        else if (model.Value.GetTypeInfo(node).ConvertedType?.TypeKind == TypeKind.Delegate
            && model.Value.GetSymbolInfo(node).Symbol is IMethodSymbol method)
        {
            var returns = node.ExpressionBody is not ThrowExpressionSyntax && Returns(method);
            Surround(node.ExpressionBody!.Span, "{" + Call + (returns ? "return " : ""), ";}", visit);
        }
        // Else an expression tree, which has no statements.
    }

    private void Function(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon, bool returns)
    {
        if (block is not null)
        {
            Put(block.OpenBraceToken.Span.End, Call);
        }
        else if (arrow is not null)
        {
            var start = returns && arrow.Expression is not ThrowExpressionSyntax ? Call + "return " : Call;
            changes.Add(new(arrow.ArrowToken.Span, "{" + start));
            Put(semicolon.Span.End, "}");
        }
    }

    private void Getter(ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon)
    {
        if (arrow is not null)
        {
            Put(arrow.SpanStart, "{get");
            Function(block: null, arrow, semicolon, returns: true);
            Put(semicolon.Span.End, "}");
        }
    }

    private void Surround(TextSpan span, string before, string after, Action visit)
    {
        Put(span.Start, before);
        visit();
        Put(span.End, after);
    }

    private void Put(int position, string text) => changes.Add(new(new(position, 0), text));
}
