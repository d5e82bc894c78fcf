using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vilt.Kernel.Migration;

namespace Vilt.Kernel.Scripting;

/// <summary>What to write instead of the C# that a cell can't hold.</summary>
internal static class CellHints
{
    private const string Library = "build a library and refer to it by #r \"path.dll\"";

    private static readonly Dictionary<string, string> Hints = new()
    {
        ["CS7021"] = "A cell has no namespaces: write its types and functions without one, or " + Library + ".",
        ["CS1109"] = "In a cell an extension method stands by itself, outside of any class: static int Twice(this string text) => …",
        ["CS9283"] = "A cell has no extension blocks: write each method by itself, outside of any class, as in static int Twice(this string text) => …; "
            + $"for extension properties and operators {Library}.",
        ["CS9378"] = "A magic command starts in the first column of its line: take away what stands before the #!.",
        ["CS9054"] = "A cell's types can't be local to a file: leave out the word file.",
    };

    /// <summary>A sentence in place of the compiler's, or null where that one says enough.</summary>
    public static string? For(Diagnostic error) => IsUsingDeclaration(error)
        ? "A using declaration can't stand at the top level of a cell, since its variables live on in later cells. Write using (var x = …) { … }, "
            + "put braces around the lines, as in { using var x = …; }, or declare it without using and call its Dispose() when done."
        : Hints.GetValueOrDefault(error.Id) ?? (error.Id is "CS0103" or "CS0117" or "CS0234" or "CS0246" ? OfMissing(error) : null);

    /// <summary>What .NET Interactive has and this kernel does not.</summary>
    private static string? OfMissing(Diagnostic error)
    {
        if (error.Location.SourceTree?.GetRoot() is not { } root)
        {
            return null;
        }

        var node = root.FindNode(error.Location.SourceSpan);
        return node switch
        {
            IdentifierNameSyntax { Identifier.Text: "Newtonsoft" } =>
                "This kernel does not bring Newtonsoft.Json. Write #r \"nuget: Newtonsoft.Json\" on a line before it, or use System.Text.Json.",
            IdentifierNameSyntax { Identifier.Text: "Kernel", Parent: MemberAccessExpressionSyntax access } when InteractiveHost.NameIn(access) is null =>
                $"Write {access.Name} without Kernel, or using Microsoft.DotNet.Interactive; before it.",
            _ when node.AncestorsAndSelf().Concat(node.DescendantNodes()).Select(InteractiveHost.NameIn).FirstOrDefault(name => name is not null) is { } name =>
                InteractiveHost.Advice(name),
            _ => null,
        };
    }

    /// <summary>Whether an error comes from a <c>using</c> declaration, which the compiler takes for a directive without its semicolon.</summary>
    public static bool IsUsingDeclaration(Diagnostic error) =>
        error.Id == "CS1002" && error.Location.SourceTree?.GetRoot() is CompilationUnitSyntax { Usings: var directives }
        && directives.Any(directive => directive.SemicolonToken.IsMissing && directive.Span.End == error.Location.SourceSpan.Start);
}
