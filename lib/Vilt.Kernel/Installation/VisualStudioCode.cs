namespace Vilt.Kernel.Installation;

/// <summary>Looks at VS Code's extensions and settings for notebooks.</summary>
internal static class VisualStudioCode
{
    private const string Jupyter = "ms-toolsai.jupyter";
    private const string Polyglot = "ms-dotnettools.dotnet-interactive-vscode";
    private const string Subject = "VS Code";
    private const string NotebookEditor = "jupyter-notebook";

    /// <summary>The folders of the installed extensions, by name and version; none without VS Code.</summary>
    public static IReadOnlyList<string> Extensions()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = [Path.Combine(home, ".vscode", "extensions"), Path.Combine(home, ".vscode-server", "extensions")];
        return [.. folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories)];
    }

    /// <summary>Says which extensions are missing or in the way, and whether the user's settings open notebooks with another editor.</summary>
    public static IEnumerable<Check> Examine(IReadOnlyList<string> extensions, bool hasJupyter)
    {
        if (extensions.Count == 0)
        {
            const string Advice = "For VS Code: install it from https://code.visualstudio.com and open this folder, which recommends the extensions. JupyterLab does not need it.";
            return [new(Subject, "no extensions found", Advice, IsNeeded: !hasJupyter)];
        }

        var jupyter = Find(extensions, Jupyter) is { } found
            ? new Check(Subject, found, null, IsNeeded: false)
            : new Check(Subject, "its Jupyter extension is missing", $"Run: code --install-extension {Jupyter}", IsNeeded: !hasJupyter);
        List<Check> checks = [jupyter, .. Settings()];
        if (Find(extensions, Polyglot) is { } polyglot)
        {
            checks.Add(new(Subject, $"{polyglot} claims C# notebooks too", $"It is no longer maintained, though VS Code recommends it. Run: code --uninstall-extension {Polyglot}", IsNeeded: false));
        }

        return checks;
    }

    /// <summary>Checks what the user's settings say about notebooks and completions.</summary>
    private static IEnumerable<Check> Settings()
    {
        VisualStudioCodeSettings settings;
        try
        {
            settings = VisualStudioCodeSettings.Read();
        }
        catch (InstallationException exception)
        {
            return [new(Subject, "the user's settings can't be read", exception.Message, IsNeeded: false)];
        }

        var editor = settings.NotebookEditor ?? NotebookEditor;
        var association = $"In {settings.File}, set \"workbench.editorAssociations\": {{ \"*.ipynb\": \"{NotebookEditor}\" }}";
        var triggers = $"Run install with --vscode, or add this to the user settings (workspace settings do not count): {VisualStudioCodeSettings.TriggerSetting}";
        return
        [
            new(Subject, $"notebooks open with {editor}", editor == NotebookEditor ? null : association, IsNeeded: false),
            settings.HasTriggers
                ? new(Subject, "C# completions are on", null, IsNeeded: false)
                : new(Subject, "its Jupyter extension shows no completions in C# cells", triggers, IsNeeded: false),
        ];
    }

    private static string? Find(IEnumerable<string> extensions, string id) =>
        extensions.Select(Path.GetFileName).FirstOrDefault(name => name!.StartsWith(id + "-", StringComparison.OrdinalIgnoreCase));
}
