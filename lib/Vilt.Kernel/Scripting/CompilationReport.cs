using Microsoft.CodeAnalysis;
using Vilt.Kernel.Display;

namespace Vilt.Kernel.Scripting;

/// <summary>Tells compiler errors by cell, line and column, each with its source line and a caret under the place.</summary>
internal static class CompilationReport
{
    private const int MostShown = 10;
    private const string MissingFile = "CS0006";

    /// <summary>Describes errors, of which there is at least one.</summary>
    public static CellError From(IReadOnlyList<Diagnostic> errors)
    {
        // Whatever a missing assembly declares is missing too: only the cause helps.
        var causes = errors.Where(error => error.Id == MissingFile).ToList();
        var shown = (causes.Count > 0 ? causes : errors).OrderBy(error => error.Location.SourceSpan.Start).ToList();
        var lines = shown.Take(MostShown).SelectMany(Describe).ToList();
        if (shown.Count > MostShown)
        {
            lines.Add($"… and {shown.Count - MostShown} more errors");
        }

        var position = shown[0].Location.GetLineSpan().StartLinePosition;
        return new(shown[0].Id, Message(shown[0]), lines, shown[0].Location.IsInSource ? position.Line + 1 : null);
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

        var (file, start) = (error.Location.SourceTree!.FilePath, error.Location.GetLineSpan().StartLinePosition);
        var source = error.Location.SourceTree.GetText().Lines[start.Line].ToString();
        // Tabs stay tabs, or the caret would stand elsewhere.
        var indent = string.Concat(source.Take(start.Character).Select(character => character == '\t' ? '\t' : ' '));
        return
        [
            $"{file}, line {start.Line + 1}, column {start.Character + 1}: error {error.Id}: {Message(error)}",
            "    " + source,
            "    " + indent + "^",
        ];
    }

    private static string Message(Diagnostic error) =>
        error.GetMessage() + (error.Id == MissingFile ? " (relative to the notebook's folder). Build it, or correct the path." : "");
}
