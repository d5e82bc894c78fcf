using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        : Hints.GetValueOrDefault(error.Id);

    /// <summary>Whether an error comes of a <c>using</c> declaration, which the compiler takes for a directive that lacks its semicolon.</summary>
    public static bool IsUsingDeclaration(Diagnostic error) =>
        error.Id == "CS1002" && error.Location.SourceTree?.GetRoot() is CompilationUnitSyntax { Usings: var directives }
        && directives.Any(directive => directive.SemicolonToken.IsMissing && directive.Span.End == error.Location.SourceSpan.Start);
}
