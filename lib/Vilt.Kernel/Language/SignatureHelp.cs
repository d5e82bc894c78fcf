using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Language;

/// <summary>Describes the call whose arguments are being written.</summary>
internal static class SignatureHelp
{
    private const int MostShown = 10;

    public static async Task<MimeBundle?> FindAsync(Document document, int position, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var arguments = ArgumentsAt(root!, position);
        if (arguments is null)
        {
            return null;
        }

        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var overloads = Overloads(model, arguments.Parent!, cancellation);
        return overloads.Count == 0 ? null : Describe(overloads, arguments, position, model);
    }

    /// <summary>The innermost argument list around a position. One that is not closed yet extends to the end.</summary>
    private static BaseArgumentListSyntax? ArgumentsAt(SyntaxNode root, int position) =>
        root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf().OfType<BaseArgumentListSyntax>()
            .FirstOrDefault(list => Encloses(list.GetFirstToken(), list.GetLastToken(includeZeroWidth: true), position));

    private static bool Encloses(SyntaxToken open, SyntaxToken close, int position) =>
        open.Span.End <= position && (close.IsMissing || position <= close.SpanStart);

    /// <summary>The overloads of the call; first the one that fits so far.</summary>
    private static List<ISymbol> Overloads(SemanticModel model, SyntaxNode call, CancellationToken cancellation)
    {
        var group = call switch
        {
            InvocationExpressionSyntax invocation => Called(model, invocation.Expression, cancellation),
            BaseObjectCreationExpressionSyntax creation => Constructors(model.GetTypeInfo(creation, cancellation).Type),
            ElementAccessExpressionSyntax access => model.GetIndexerGroup(access.Expression, cancellation),
            _ => [],
        };
        var info = model.GetSymbolInfo(call, cancellation);
        var best = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        return [.. group.Where(symbol => model.IsAccessible(call.SpanStart, symbol))
            .OrderByDescending(symbol => SymbolEqualityComparer.Default.Equals(symbol, best))];
    }

    private static IEnumerable<ISymbol> Called(SemanticModel model, ExpressionSyntax called, CancellationToken cancellation)
    {
        IEnumerable<ISymbol> methods = model.GetMemberGroup(called, cancellation);
        return methods.Any() ? methods
            : model.GetTypeInfo(called, cancellation).Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } ? [invoke] : [];
    }

    private static ImmutableArray<IMethodSymbol> Constructors(ITypeSymbol? type) =>
        type is INamedTypeSymbol named ? named.InstanceConstructors : [];

    private static MimeBundle Describe(List<ISymbol> overloads, BaseArgumentListSyntax arguments, int position, SemanticModel model)
    {
        var lines = overloads.Take(MostShown).Select(overload => overload.ToMinimalDisplayString(model, position)).ToList();
        if (overloads.Count > MostShown)
        {
            lines.Add($"// … and {overloads.Count - MostShown} more overloads");
        }

        var best = overloads[0];
        var documentation = SymbolDocumentation.Of(best);
        List<string> paragraphs = [documentation.Summary];
        var active = ActiveParameter(best, arguments, position);
        paragraphs.AddRange(ParametersOf(best).Select(parameter => DescribeParameter(parameter, documentation, parameter.Name == active)));
        return Description.ToBundle(lines, [.. paragraphs.Where(paragraph => paragraph.Length > 0)]);
    }

    private static string DescribeParameter(IParameterSymbol parameter, SymbolDocumentation documentation, bool isActive)
    {
        var name = isActive ? $"▸ **{parameter.Name}**" : parameter.Name;
        return documentation.Parameters.TryGetValue(parameter.Name, out var text) ? $"{name}: {text}" : isActive ? name : "";
    }

    /// <summary>The name of the parameter that the argument at a position is for.</summary>
    private static string? ActiveParameter(ISymbol symbol, BaseArgumentListSyntax arguments, int position)
    {
        var index = arguments.Arguments.GetSeparators().Count(comma => comma.Span.End <= position);
        var named = arguments.Arguments.ElementAtOrDefault(index)?.NameColon?.Name.Identifier.ValueText;
        var parameters = ParametersOf(symbol);
        // What follows a `params` array's first element belongs to it too.
        return named ?? (parameters.IsEmpty || (index >= parameters.Length && !parameters[^1].IsParams)
            ? null : parameters[Math.Min(index, parameters.Length - 1)].Name);
    }

    private static ImmutableArray<IParameterSymbol> ParametersOf(ISymbol symbol) =>
        symbol switch { IMethodSymbol method => method.Parameters, IPropertySymbol indexer => indexer.Parameters, _ => [] };
}
