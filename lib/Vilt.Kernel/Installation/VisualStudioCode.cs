using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vilt.Kernel.Installation;

/// <summary>Looks at VS Code's extensions and settings for notebooks.</summary>
internal static class VisualStudioCode
{
    private const string Jupyter = "ms-toolsai.jupyter";
    private const string Polyglot = "ms-dotnettools.dotnet-interactive-vscode";
    private const string Subject = "VS Code";
    private const string NotebookEditor = "jupyter-notebook";
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The folders of the installed extensions, by name and version; none without VS Code.</summary>
    public static IReadOnlyList<string> Extensions()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = [Path.Combine(home, ".vscode", "extensions"), Path.Combine(home, ".vscode-server", "extensions")];
        return [.. folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories)];
    }

    /// <summary>Says which extensions are missing or in the way, and whether the user's settings give notebooks to another one.</summary>
    public static IEnumerable<Check> Examine(IReadOnlyList<string> extensions, bool hasJupyter)
    {
        if (extensions.Count == 0)
        {
            const string Advice = "For VS Code: install it from https://code.visualstudio.com and open this folder, which recommends the extensions. JupyterLab does without.";
            return [new(Subject, "no extensions found", Advice, IsNeeded: !hasJupyter)];
        }

        var jupyter = Find(extensions, Jupyter) is { } found
            ? new Check(Subject, found, null, IsNeeded: false)
            : new Check(Subject, "its Jupyter extension is missing", $"Run: code --install-extension {Jupyter}", IsNeeded: !hasJupyter);
        List<Check> checks = [jupyter, Settings()];
        if (Find(extensions, Polyglot) is { } polyglot)
        {
            checks.Add(new(Subject, $"{polyglot} claims C# notebooks too", $"It is no longer maintained. Run: code --uninstall-extension {Polyglot}", IsNeeded: false));
        }

        return checks;
    }

    /// <summary>Looks for the editor that the user's settings open notebooks with.</summary>
    private static Check Settings()
    {
        var applications = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var file = Path.Combine(applications, "Code", "User", "settings.json");
        try
        {
            var settings = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file), documentOptions: WithComments) : null;
            var editor = settings?["workbench.editorAssociations"]?["*.ipynb"]?.ToString() ?? NotebookEditor;
            var advice = editor == NotebookEditor ? null : $"In {file}, set \"workbench.editorAssociations\": {{ \"*.ipynb\": \"{NotebookEditor}\" }}";
            return new(Subject, $"notebooks open with {editor}", advice, IsNeeded: false);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(Subject, $"{file} cannot be read: {exception.Message}", "Open it in VS Code, which shows what is wrong.", IsNeeded: false);
        }
    }

    private static string? Find(IEnumerable<string> extensions, string id) =>
        extensions.Select(Path.GetFileName).FirstOrDefault(name => name!.StartsWith(id + "-", StringComparison.OrdinalIgnoreCase));
}
