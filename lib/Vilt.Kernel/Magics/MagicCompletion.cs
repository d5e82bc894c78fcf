using Vilt.Kernel.Language;

namespace Vilt.Kernel.Magics;

/// <summary>Completes and explains lines that begin with <c>#!</c> or <c>#i</c>.</summary>
internal static class MagicCompletion
{
    private const string Source = "#i";
    private static readonly string[] FileTypes = [".ipynb", ".dib", ".cs", ".csx"];
    private static readonly string[] MimeTypes = ["application/json", "text/html", "text/plain"];

    /// <summary>Finds what can stand at a position.</summary>
    /// <param name="folder">Where relative paths start.</param>
    /// <param name="code">The cell.</param>
    /// <param name="position">The cursor.</param>
    /// <returns>Null where the line is not a magic command.</returns>
    public static Completions? Find(string folder, string code, int position)
    {
        if (LineAt(code, position) is not { } line)
        {
            return null;
        }

        var typed = line[..(position - StartOf(code, position))];
        var start = typed.LastIndexOf(' ') + 1;
        var word = typed[start..];
        var items = start == 0 ? Names() : Values(folder, MagicLine.Parse(typed, number: 1), word);
        return new([.. items.Where(item => item.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))], position - word.Length, position);
    }

    /// <summary>What the command at a position does; null where there is none.</summary>
    public static string? Explain(string code, int position) => LineAt(code, position) is { } line
        && MagicCommands.Find(MagicLine.Parse(line, number: 1).Name) is { } command ? $"{command.Name}: {command.Help}" : null;

    private static IEnumerable<CompletionItem> Names() =>
        MagicCommands.All.Select(command => new CompletionItem(command.Name, "keyword", command.Name, command.Help));

    private static IEnumerable<CompletionItem> Values(string folder, MagicLine line, string word)
    {
        if (MagicCommands.Find(line.Name) is not { } command)
        {
            return [];
        }

        var before = word.Length > 0 ? line.Words.SkipLast(1).LastOrDefault("") : line.Words.LastOrDefault("");
        return before switch
        {
            "--value" => Items("value", "@input", "@input:\"\"", "@password", "@password:\"\"", "@value:"),
            "--from" => Items("value", "csharp", "value"),
            "--mime-type" => Items("value", MimeTypes),
            "--file" or "--from-file" => Files(folder),
            _ when before.StartsWith("--", StringComparison.Ordinal) => Items("value", "@input", "@password"),
            _ when command.Name == "#!import" && !word.StartsWith('-') => Files(folder),
            _ when command.Name == Source => word.Length == 0 && line.Words.Count == 0 ? Items("value", "\"nuget: \"") : [],
            _ => Items("property", [.. command.Options.Except(line.Words.SkipLast(word.Length > 0 ? 1 : 0))]),
        };
    }

    private static IEnumerable<CompletionItem> Files(string folder) =>
        Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)).Where(file => FileTypes.Contains(Path.GetExtension(file)))
            .Order(StringComparer.OrdinalIgnoreCase).Select(file => new CompletionItem(file, "file", Signature: null, Documentation: null));

    private static IEnumerable<CompletionItem> Items(string kind, params string[] texts) =>
        texts.Select(text => new CompletionItem(text, kind, Signature: null, Documentation: null));

    private static string? LineAt(string code, int position)
    {
        var line = code[StartOf(code, position)..].Split('\n')[0];
        var isMagic = line.StartsWith(MagicLine.Mark, StringComparison.Ordinal) || line == Source || line.StartsWith(Source + " ", StringComparison.Ordinal);
        return isMagic && position - StartOf(code, position) >= MagicLine.Mark.Length ? line : null;
    }

    private static int StartOf(string code, int position) => position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
}
