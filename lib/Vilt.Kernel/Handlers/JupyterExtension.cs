using Vilt.Kernel.Language;
using Vilt.Kernel.Protocol;

namespace Vilt.Kernel.Handlers;

/// <summary>
/// Where VS Code's Jupyter extension, when it starts the kernel itself, departs from the protocol. Its file names are those of
/// https://github.com/microsoft/vscode-jupyter, <c>src/standalone/intellisense</c>.
/// </summary>
internal static class JupyterExtension
{
    // conversion.ts looks a kind up in one list and uses its number as an index into another, so each kind is shown with the icon of
    // another one.
    private static readonly Dictionary<string, string> WordsByKind = new()
    {
        ["class"] = "struct",
        ["constant"] = "file",
        ["delegate"] = "struct",
        ["enum"] = "unit",
        ["enummember"] = "color",
        ["event"] = "customcolor",
        ["field"] = "variable",
        ["file"] = "enumMember",
        ["folder"] = "text",
        ["interface"] = "interface",
        ["keyword"] = "value",
        ["local"] = "class",
        ["method"] = "function",
        ["module"] = "module",
        ["namespace"] = "module",
        ["operator"] = "folder",
        ["parameter"] = "class",
        ["property"] = "property",
        ["rangevariable"] = "class",
        ["snippet"] = "constant",
        ["structure"] = "reference",
        ["typeparameter"] = "typeParameter",
    };

    /// <summary>Whether a message comes from there: its user's name is a random GUID (rawKernelConnection.node.ts).</summary>
    public static bool IsFrom(MessageHeader header) => Guid.TryParseExact(header.Username, "D", out _);

    /// <summary>The word for which it shows a kind's icon.</summary>
    public static string WordFor(string kind) => WordsByKind.GetValueOrDefault(kind, "method"); // Shown with the icon of plain text.

    /// <summary>
    /// Undoes a cut. To ask for the documentation of a choice, resolveCompletionItem.ts puts it behind the first characters of the cell, as
    /// many as stand before it in its <em>line</em>. From the second line on, that is the wrong code.
    /// </summary>
    /// <param name="code">What was sent.</param>
    /// <param name="completed">The cell that was completed last.</param>
    /// <param name="choices">What it was offered.</param>
    /// <returns>The cell up to and including the choice; null if the code was not cut in this way.</returns>
    public static string? Uncut(string code, string completed, Completions choices)
    {
        var column = choices.Start - (completed.LastIndexOf('\n', Math.Max(0, choices.Start - 1)) + 1);
        return column < choices.Start && code.StartsWith(completed[..column], StringComparison.Ordinal)
            && choices.Items.Any(choice => code.AsSpan(column).SequenceEqual(choice.Text))
            ? completed[..choices.Start] + code[column..]
            : null;
    }
}
