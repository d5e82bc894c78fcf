using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Kernel.Scripting;

/// <summary>A cell that is ready to run.</summary>
/// <param name="Compilation">The submission.</param>
/// <param name="Run">Runs it among the submissions before it, and puts itself behind them; null for a cell without code.</param>
/// <param name="Warnings">What the compiler warns of, in lines to show.</param>
internal sealed record CompiledCell(CSharpCompilation Compilation, Func<object?[], Task<object?>>? Run, IReadOnlyList<string> Warnings)
{
    /// <summary>Whether the cell ends with an expression that has a value, which is then shown even if it is null.</summary>
    public bool EndsInValue()
    {
        var tree = Compilation.SyntaxTrees[^1];
        return tree.GetRoot() is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax { Statement: ExpressionStatementSyntax last }] }
            && last.SemicolonToken.IsMissing
            && Compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType != SpecialType.System_Void;
    }
}
