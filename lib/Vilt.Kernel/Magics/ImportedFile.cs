using System.Text.Json;

namespace Vilt.Kernel.Magics;

/// <summary>Reads what a cell imports.</summary>
internal static class ImportedFile
{
    private static readonly string[] CSharp = ["csharp", "c#", "polyglot-notebook", "dotnet-interactive"];

    /// <summary>The pieces of a file in order.</summary>
    /// <exception cref="MagicException">The file is of another kind or can't be read.</exception>
    public static IEnumerable<(string Text, Place Place)> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".cs" or ".csx" => [(File.ReadAllText(path), new Place())],
        ".dib" => [(WithoutMetadata(File.ReadAllText(path)), new Place())], // Its cells begin with their own magic commands.
        ".ipynb" => CellsOf(path),
        var other => throw new MagicException($"{Path.GetFileName(path)} can't be imported: a {other} file is none of .ipynb, .dib, .cs and .csx."),
    };

    private static IEnumerable<(string Text, Place Place)> CellsOf(string path)
    {
        try
        {
            using var notebook = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. notebook.RootElement.GetProperty("cells").EnumerateArray().Select(PieceOf).Where(piece => piece.Text.Length > 0)];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MagicException($"{Path.GetFileName(path)} can't be read as a notebook: {exception.Message}");
        }
    }

    private static (string Text, Place Place) PieceOf(JsonElement cell, int index)
    {
        var source = cell.GetProperty("source");
        var text = source.ValueKind == JsonValueKind.Array
            ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString() ?? "";
        return cell.GetProperty("cell_type").GetString() switch
        {
            "markdown" => (text, new Place(index + 1, IsMarkdown: true)),
            "code" when LanguageOf(cell) is { } language && !CSharp.Contains(language.ToLowerInvariant()) =>
                ($"#!{language}\n{text}", new Place(index + 1)),
            "code" => (text, new Place(index + 1)),
            _ => ("", new Place(index + 1)),
        };
    }

    private static string? LanguageOf(JsonElement cell) =>
        Text(cell, "polyglot_notebook", "kernelName") ?? Text(cell, "dotnet_interactive", "language");

    private static string? Text(JsonElement cell, string section, string field) =>
        cell.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty(section, out var part)
        && part.ValueKind == JsonValueKind.Object && part.TryGetProperty(field, out var value) ? value.GetString() : null;

    /// <summary>The file without the JSON below its <c>#!meta</c>. Empty lines take its place and keep the line numbers.</summary>
    private static string WithoutMetadata(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var start = Array.FindIndex(lines, line => line.TrimEnd() == "#!meta");
        if (start >= 0)
        {
            var end = Array.FindIndex(lines, start + 1, line => line.StartsWith(MagicLine.Mark, StringComparison.Ordinal));
            Array.Fill(lines, "", start, (end < 0 ? lines.Length : end) - start);
        }

        return string.Join('\n', lines);
    }

    /// <summary>Where a piece stands.</summary>
    /// <param name="Cell">The number of the notebook's cell, the first being 1; null for a file without cells.</param>
    /// <param name="IsMarkdown">Whether it is text to be shown.</param>
    internal sealed record Place(int? Cell = null, bool IsMarkdown = false);
}
