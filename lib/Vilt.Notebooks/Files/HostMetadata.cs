using System.Text.Json.Nodes;

namespace Vilt.Notebooks.Files;

/// <summary>The metadata by which Jupyter, VS Code and Polyglot Notebooks recognize a C# notebook, as they write it.</summary>
internal static class HostMetadata
{
    private static readonly string[] CSharp = ["C#", "csharp", "polyglot-notebook", "dotnet-interactive"];

    /// <summary>The language that a notebook says it is in, or null if it says none.</summary>
    public static string? LanguageOf(JsonObject metadata) =>
        Text(metadata, "kernelspec", "language") ?? Text(metadata, "language_info", "name");

    /// <summary>The language that a cell says it is in, or null if it says none.</summary>
    public static string? LanguageOfCell(JsonObject metadata) =>
        Text(metadata, "polyglot_notebook", "kernelName") ?? Text(metadata, "dotnet_interactive", "language");

    public static bool IsCSharp(string? language) => language is null || CSharp.Contains(language, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what is missing, and changes nothing else.</summary>
    public static void Complete(Notebook notebook)
    {
        var metadata = notebook.Metadata;
        metadata["kernelspec"] ??= new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        metadata["language_info"] ??= new JsonObject
        {
            ["file_extension"] = ".cs",
            ["mimetype"] = "text/x-csharp",
            ["name"] = "polyglot-notebook",
            ["pygments_lexer"] = "csharp",
        };
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            cell.Metadata["dotnet_interactive"] ??= new JsonObject { ["language"] = "csharp" };
            cell.Metadata["polyglot_notebook"] ??= new JsonObject { ["kernelName"] = "csharp" };
            // VS Code adds this when it saves, since it compares its "csharp" with the notebook's "C#".
            cell.Metadata["vscode"] ??= new JsonObject { ["languageId"] = "csharp" };
        }
    }

    private static string? Text(JsonObject metadata, string section, string field) =>
        metadata[section] is JsonObject part && part[field] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
