using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vilt.Kernel.Language;

/// <summary>
/// What cells declared, as the code of one submission. Of two declarations with the same name it holds the later one. Variables have the types
/// that the compiler found, since their values don't matter; methods and types stand as written, with their documentation.
/// </summary>
internal sealed class SessionDeclarations
{
    // No "global::": types that cells declare can't be written with it.
    private static readonly SymbolDisplayFormat Written = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly List<Declaration> declarations = [];

    /// <summary>Adds the declarations of a cell that ran after those added before.</summary>
    /// <param name="cell">The compiled cell.</param>
    public void Add(Compilation cell)
    {
        var files = cell.SyntaxTrees.Select(tree => (CompilationUnitSyntax)tree.GetRoot()).ToList();
        var added = files.SelectMany(file => file.Usings).Select(From)
            .Concat(VariablesOf(cell))
            .Concat(files.SelectMany(file => file.Members).Select(From).OfType<Declaration>()).ToList();
        declarations.RemoveAll(earlier => added.Any(later => later.Hides(earlier)));
        declarations.AddRange(added);
    }

    /// <summary>Gives C# script.</summary>
    public string ToCode() =>
        string.Join('\n', declarations.OrderBy(declaration => declaration.IsUsing ? 0 : 1).Select(declaration => declaration.Code));

    private static Declaration From(UsingDirectiveSyntax directive)
    {
        var code = directive.ToString();
        return new("using " + (directive.Alias?.Name.ToString() ?? code), Parameters: null, code) { IsUsing = true };
    }

    private static IEnumerable<Declaration> VariablesOf(Compilation cell) =>
        from field in cell.ScriptClass?.GetMembers().OfType<IFieldSymbol>() ?? []
        where !field.IsImplicitlyDeclared && field.CanBeReferencedByName
        let code = CodeOf(field)
        where code is not null
        select new Declaration(field.Name, Parameters: null, code);

    private static string? CodeOf(IFieldSymbol variable)
    {
        if (HasName(variable.Type))
        {
            return $"{variable.Type.ToDisplayString(Written)} @{variable.Name};";
        }

        // An anonymous type has no name, so its value is written.
        return variable.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } written
            ? $"var {written};" : null;
    }

    private static bool HasName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => HasName(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType && named.CanBeReferencedByName && named.TypeArguments.All(HasName),
        _ => true,
    };

    private static Declaration? From(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => new(method.Identifier.ValueText, ParametersOf(method), CodeOf(member)),
        TypeDeclarationSyntax type => new(type.Identifier.ValueText, Parameters: null, CodeOf(member)),
        EnumDeclarationSyntax type => new(type.Identifier.ValueText, Parameters: null, CodeOf(member)),
        DelegateDeclarationSyntax type => new(type.Identifier.ValueText, Parameters: null, CodeOf(member)),
        PropertyDeclarationSyntax property => new(property.Identifier.ValueText, Parameters: null, CodeOf(member)),
        _ => null, // Statements, and variables, which are read from their symbols.
    };

    private static string ParametersOf(MethodDeclarationSyntax method) =>
        string.Join(',', method.ParameterList.Parameters.Select(parameter => $"{parameter.Modifiers} {parameter.Type}"));

    /// <summary>The member with its documentation, but without directives before it, whose other half may be elsewhere.</summary>
    private static string CodeOf(MemberDeclarationSyntax member) =>
        string.Concat(member.GetLeadingTrivia().Where(trivia => SyntaxFacts.IsDocumentationCommentTrivia(trivia.Kind()))
            .Select(trivia => trivia.ToFullString())) + member;

    /// <summary>One declaration.</summary>
    /// <param name="Name">What it declares.</param>
    /// <param name="Parameters">The types of a method's parameters, since methods of one name live side by side; else null.</param>
    /// <param name="Code">The whole of it.</param>
    private sealed record Declaration(string Name, string? Parameters, string Code)
    {
        public bool IsUsing { get; init; }

        public bool Hides(Declaration earlier) =>
            Name == earlier.Name && (Parameters is null || earlier.Parameters is null || Parameters == earlier.Parameters);
    }
}
