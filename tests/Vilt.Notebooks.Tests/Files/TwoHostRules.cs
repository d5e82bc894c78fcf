using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Tests.Files;

/// <summary>What keeps a notebook running in this project's hosts and in .NET Interactive (Polyglot Notebooks) alike.</summary>
internal static partial class TwoHostRules
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    private static readonly (string Path, string Value)[] NotebookMetadata =
    [
        ("kernelspec.name", ".net-csharp"), ("kernelspec.language", "C#"), // Jupyter, and VS Code's choice of a kernel
        ("language_info.file_extension", ".cs"), // nbconvert
        ("polyglot_notebook.kernelInfo.defaultKernelName", "csharp"), // Polyglot Notebooks
    ];

    private static readonly (string Path, string Value)[] CellMetadata =
        [("dotnet_interactive.language", "csharp"), ("polyglot_notebook.kernelName", "csharp"), ("vscode.languageId", "csharp")];

    /// <summary>Gives what is wrong, each with its cell.</summary>
    public static IReadOnlyList<string> Check(Notebook notebook) =>
    [
        .. Missing(notebook.Metadata, NotebookMetadata).Select(problem => "notebook: " + problem),
        .. notebook.Cells.Where(cell => cell.IsCode)
            .SelectMany(cell => CheckCode(cell.Source).Concat(Missing(cell.Metadata, CellMetadata)).Select(problem => $"cell {cell.Position}: {problem}")),
    ];

    private static IEnumerable<string> CheckCode(string code)
    {
        var lines = code.Split('\n');
        // .NET Interactive splits a cell at such a line, even within a string.
        if (lines.Any(line => line.StartsWith("#!", StringComparison.Ordinal)))
        {
            yield return "#! is a magic command of .NET Interactive's";
        }

        if (lines.Where(line => line.TrimStart().StartsWith("#r", StringComparison.Ordinal)).Any(line => !Reference().IsMatch(line)))
        {
            yield return "#r names a file in double quotes, alone on its line";
        }

        if (lines.SkipWhile(line => line.Length == 0 || Reference().IsMatch(line)).Any(line => line.StartsWith("#r", StringComparison.Ordinal)))
        {
            yield return "#r comes before other code";
        }

        // In C# script a `using var` at the top level is a syntax error.
        foreach (var error in CSharpSyntaxTree.ParseText(code, Script).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error))
        {
            yield return error.GetMessage();
        }
    }

    private static IEnumerable<string> Missing(JsonNode metadata, (string Path, string Value)[] wanted) =>
        wanted.Where(field => field.Path.Split('.').Aggregate<string, JsonNode?>(metadata, (node, name) => node?[name])?.ToString() != field.Value)
            .Select(field => $"metadata {field.Path} is \"{field.Value}\"");

    [GeneratedRegex("^#r \"(?!nuget:)[^\"]+\\.dll\"$")]
    private static partial Regex Reference();
}
