using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Kernel.Scripting;

/// <summary>
/// Finds code in earlier cells that uses a variable, function or type that a cell declares again. It was compiled against the old one and
/// keeps it, which nothing else would show.
/// </summary>
internal static class OldDefinitions
{
    private const int MostNotes = 3;

    /// <summary>Describes each name that a cell declares again while something still uses the old one, each in one line.</summary>
    /// <param name="cell">The compiled cell.</param>
    public static IReadOnlyList<string> NotesOn(Compilation cell)
    {
        var earlier = Earlier(cell).ToList();
        var anew = Declared(cell).Where(symbol => earlier.Exists(other => other.ScriptClass!.GetMembers(symbol.Name).Length > 0)).ToList();
        if (anew.Count == 0)
        {
            return [];
        }

        var uses = UsesOf(anew, cell, earlier).GroupBy(use => use.New, SymbolEqualityComparer.Default).ToList();
        List<string> notes = [.. uses.Take(MostNotes).Select(group => Describe([.. group]))];
        return uses.Count > MostNotes ? [.. notes, $"… and {uses.Count - MostNotes} more names that are declared anew"] : notes;
    }

    private static IEnumerable<Compilation> Earlier(Compilation cell)
    {
        for (var one = cell; one.ScriptCompilationInfo?.PreviousScriptCompilation is { } previous; one = previous)
        {
            if (previous.ScriptClass is not null)
            {
                yield return previous;
            }
        }
    }

    private static IEnumerable<ISymbol> Declared(Compilation cell) =>
        cell.ScriptClass?.GetMembers().Where(symbol => !symbol.IsImplicitlyDeclared && symbol.CanBeReferencedByName) ?? [];

    /// <param name="anew">What the cell declares again.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="earlier">Those before it, the last first.</param>
    private static IEnumerable<Use> UsesOf(List<ISymbol> anew, Compilation cell, List<Compilation> earlier)
    {
        var hidden = Declared(cell).Select(symbol => symbol.Name).ToHashSet();
        foreach (var other in earlier)
        {
            foreach (var tree in other.SyntaxTrees)
            {
                var model = other.GetSemanticModel(tree);
                foreach (var (name, body) in ((CompilationUnitSyntax)tree.GetRoot()).Members.SelectMany(Holders).Where(holder => !hidden.Contains(holder.Name)))
                {
                    foreach (var (symbol, old) in OldOnes(body, anew, model))
                    {
                        yield return new(symbol, old, name, tree.FilePath);
                    }
                }
            }

            hidden.UnionWith(Declared(other).Select(symbol => symbol.Name));
        }
    }

    /// <summary>The parts of a member that run later, and the name by which cells reach them.</summary>
    private static IEnumerable<(string Name, SyntaxNode Body)> Holders(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => [(method.Identifier.ValueText, method)],
        PropertyDeclarationSyntax property => [(property.Identifier.ValueText, property)],
        BaseTypeDeclarationSyntax type => [(type.Identifier.ValueText, type)],
        FieldDeclarationSyntax field =>
            from variable in field.Declaration.Variables
            from function in variable.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>()
            select (variable.Identifier.ValueText, (SyntaxNode)function),
        _ => [],
    };

    private static IEnumerable<(ISymbol New, ISymbol Old)> OldOnes(SyntaxNode body, List<ISymbol> anew, SemanticModel model) =>
        from written in body.DescendantNodes().OfType<SimpleNameSyntax>()
        let candidates = anew.Where(symbol => symbol.Name == written.Identifier.ValueText)
        where candidates.Any()
        let old = model.GetSymbolInfo(written).Symbol?.OriginalDefinition
        where old?.ContainingSymbol is INamedTypeSymbol { IsScriptClass: true }
        from symbol in candidates.Where(symbol => Hides(symbol, old)).Take(1)
        select (symbol, old);

    /// <summary>Methods of one name can live side by side.</summary>
    private static bool Hides(ISymbol symbol, ISymbol old) => symbol is not IMethodSymbol method || old is not IMethodSymbol other
        || method.Parameters.Select(parameter => parameter.Type.ToDisplayString()).SequenceEqual(other.Parameters.Select(parameter => parameter.Type.ToDisplayString()));

    private static string Describe(IReadOnlyList<Use> uses)
    {
        var (symbol, old, _, _) = uses[0];
        var users = string.Join(", ", uses.Select(use => $"{use.User} of {use.Cell}").Distinct());
        var cells = string.Join(" and ", uses.Select(use => use.Cell).Distinct().Order(StringComparer.Ordinal));
        var position = symbol.Locations[0].GetLineSpan().StartLinePosition;
        var place = $"{symbol.Locations[0].SourceTree!.FilePath}, line {position.Line + 1}, column {position.Character + 1}";
        var note = $"{place}: note: {users} still uses the {symbol.Name} of {old.Locations[0].SourceTree!.FilePath}. Run {cells} again";
        return note + (symbol is IFieldSymbol && old is IFieldSymbol ? $", or set {symbol.Name} without declaring it anew." : ".");
    }

    /// <summary>Something that was compiled for an old definition.</summary>
    /// <param name="New">The new definition.</param>
    /// <param name="Old">The old definition.</param>
    /// <param name="User">The name of what uses it.</param>
    /// <param name="Cell">And its cell.</param>
    private sealed record Use(ISymbol New, ISymbol Old, string User, string Cell);
}
