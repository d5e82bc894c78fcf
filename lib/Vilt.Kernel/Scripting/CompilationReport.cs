using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Describes compiler errors by cell, line and column, each with its source line and a caret under the place.</summary>
internal static class CompilationReport
{
    private const int MostShown = 10;
    private const int MostWarnings = 3;
    private const string MissingFile = "CS0006";

    private static readonly HashSet<string> Mistakes =
    [
        "CS4014", // A task is not awaited.
        "CS0665", "CS1717", "CS1718", // Assigned where it may be meant to compare, or to and with itself.
        "CS0252", "CS0253", "CS0472", "CS0652", "CS8073", // Compared by reference, or with what it never equals.
        "CS0642", // A semicolon that may be one too many.
        "CS0618", // Obsolete, with a hint what to use instead.
        "CS8509", // A switch that throws for some values.
    ];

    /// <summary>Describes errors, of which there is at least one.</summary>
    public static CellError From(IReadOnlyList<Diagnostic> errors)
    {
        // What a missing assembly or a `using` declaration declares is missing too. Only the cause helps.
        var causes = errors.Where(error => error.Id == MissingFile || CellHints.IsUsingDeclaration(error)).ToList();
        var shown = (causes.Count > 0 ? causes : errors).OrderBy(error => error.Location.SourceSpan.Start).ToList();
        var lines = shown.Take(MostShown).SelectMany(Describe).ToList();
        if (shown.Count > MostShown)
        {
            lines.Add($"… and {shown.Count - MostShown} more errors");
        }

        var position = shown[0].Location.GetLineSpan().StartLinePosition;
        return new(shown[0].Id, Message(shown[0]), lines, shown[0].Location.IsInSource ? position.Line + 1 : null);
    }

    /// <summary>Describes the warnings that point to a likely mistake, each in one line. The others would only be noise.</summary>
    public static IReadOnlyList<string> Warnings(IEnumerable<Diagnostic> diagnostics)
    {
        var shown = diagnostics.Where(warning => Mistakes.Contains(warning.Id) && warning.Location.IsInSource)
            .OrderBy(warning => warning.Location.SourceSpan.Start).ToList();
        List<string> lines = [.. shown.Take(MostWarnings).Select(warning => $"{Place(warning)}: warning {warning.Id}: {Message(warning)}")];
        return shown.Count > MostWarnings ? [.. lines, $"… and {shown.Count - MostWarnings} more warnings"] : lines;
    }

    /// <summary>Describes a failure of the compiler itself, which a cell without errors can meet.</summary>
    public static CellError Of(Exception exception, Cell cell)
    {
        var message = $"The C# compiler failed on this cell, by a defect of its own ({exception.GetType().Name}: {exception.Message}). "
            + "Write it in other words: a deconstruction as separate variables, say, or its halves in two cells.";
        return new(exception.GetType().Name, message, [$"{cell.FileName}: {message}"], Line: null);
    }

    private static IEnumerable<string> Describe(Diagnostic error)
    {
        if (!error.Location.IsInSource)
        {
            return [$"error {error.Id}: {Message(error)}"];
        }

        var start = error.Location.GetLineSpan().StartLinePosition;
        var source = error.Location.SourceTree!.GetText().Lines[start.Line].ToString();
        // Tabs stay tabs, or the caret would stand elsewhere.
        var indent = string.Concat(source.Take(start.Character).Select(character => character == '\t' ? '\t' : ' '));
        return
        [
            $"{Place(error)}: error {error.Id}: {Message(error)}",
            "    " + source,
            "    " + indent + "^",
        ];
    }

    private static string Place(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        return $"{diagnostic.Location.SourceTree!.FilePath}, line {start.Line + 1}, column {start.Character + 1}";
    }

    private static string Message(Diagnostic error) =>
        CellHints.For(error) ?? error.GetMessage() + (error.Id == MissingFile ? " (relative to the notebook's folder). Build it, or correct the path." : "");
}
