using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vilt.Kernel.Magics;

namespace Vilt.Kernel.Migration;

/// <summary>
/// Reads a notebook that was written for .NET Interactive and says which cells would not run here. Nothing runs, and nothing is compiled
/// against packages: it looks at each cell's language, its magic commands, its syntax, and names of .NET Interactive's own interface.
/// </summary>
internal static class NotebookCheck
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>Checks a notebook.</summary>
    /// <param name="path">An .ipynb or .dib file.</param>
    /// <returns>
    /// Its code cells and the first problem of each that has one; null if it is a notebook for another kernel, such as Python's.
    /// </returns>
    /// <exception cref="MagicException">The file can't be read.</exception>
    public static (int Cells, IReadOnlyList<CellProblem> Problems)? Check(string path)
    {
        var language = Path.GetExtension(path).Equals(".ipynb", StringComparison.OrdinalIgnoreCase) ? LanguageOf(path) : "C#";
        if (language is not ("C#" or "F#" or "PowerShell"))
        {
            return null;
        }

        (int Number, string Code)[] cells = [.. CellsOf(path)];
        var problems = cells.Select(cell => ProblemOf(cell.Number, cell.Code, language)).OfType<CellProblem>();
        return (cells.Length, [.. problems]);
    }

    private static CellProblem? ProblemOf(int number, string code, string language)
    {
        if (language != "C#" && !code.StartsWith(MagicLine.Mark, StringComparison.Ordinal))
        {
            code = $"#!{language.ToLowerInvariant().Replace("powershell", "pwsh", StringComparison.Ordinal)}\n{code}";
        }

        try
        {
            return CellParts.Of(code).OfType<CodePart>().Select(part => ProblemOf(number, part.Code)).FirstOrDefault(problem => problem is not null);
        }
        catch (UnknownMagicException exception)
        {
            return new(number, exception.Line, exception.Message);
        }
    }

    private static CellProblem? ProblemOf(int number, string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Script);
        if (tree.GetDiagnostics().FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error) is { } error)
        {
            return new(number, LineOf(error.Location), $"{error.Id}: {error.GetMessage()}");
        }

        return tree.GetRoot().DescendantNodes().Select(node => (Node: node, Name: InteractiveHost.NameIn(node))).FirstOrDefault(found => found.Name is not null)
            is { Name: { } name } host
            ? new(number, LineOf(host.Node.GetLocation()), InteractiveHost.Advice(name))
            : null;
    }

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private static IEnumerable<(int Number, string Code)> CellsOf(string path)
    {
        var pieces = ImportedFile.Read(path);
        return Path.GetExtension(path).Equals(".dib", StringComparison.OrdinalIgnoreCase)
            ? pieces.SelectMany(piece => CellsOfDib(piece.Text))
            : pieces.Where(piece => !piece.Place.IsMarkdown).Select(piece => (piece.Place.Cell!.Value, piece.Text));
    }

    /// <summary>The cells of a .dib begin at the names of their languages; empty lines keep the numbers of the others.</summary>
    private static IEnumerable<(int Number, string Code)> CellsOfDib(string text)
    {
        var lines = text.Split('\n');
        int[] starts = [0, .. Enumerable.Range(1, lines.Length - 1).Where(i => StartsCell(lines[i])), lines.Length];
        return starts.Zip(starts.Skip(1), (start, end) => new string('\n', start) + string.Join('\n', lines[start..end]))
            .Where(code => !string.IsNullOrWhiteSpace(code))
            .Select((code, index) => (index + 1, code));
    }

    private static bool StartsCell(string line)
    {
        if (!line.StartsWith(MagicLine.Mark, StringComparison.Ordinal))
        {
            return false;
        }

        var name = MagicLine.Parse(line, number: 1).Name;
        return MagicCommands.TakesText(name) || MagicCommands.Find(name)?.Name == "#!csharp";
    }

    private static string? LanguageOf(string path)
    {
        try
        {
            using var notebook = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = notebook.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("metadata", out var metadata))
            {
                return "C#";
            }

            var language = Text(metadata, "kernelspec", "language") ?? Text(metadata, "language_info", "name") ?? "C#";
            return language is "csharp" or "polyglot-notebook" or "dotnet-interactive" ? "C#" : language;
        }
        catch (JsonException exception)
        {
            throw new MagicException($"{Path.GetFileName(path)} is not a notebook that can be read: {exception.Message}");
        }
    }

    private static string? Text(JsonElement metadata, string section, string field) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(section, out var part) && part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
