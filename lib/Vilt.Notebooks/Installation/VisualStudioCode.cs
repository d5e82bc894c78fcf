namespace Vilt.Notebooks.Installation;

/// <summary>Looks at VS Code's extensions for notebooks.</summary>
internal static class VisualStudioCode
{
    private const string Jupyter = "ms-toolsai.jupyter";
    private const string Polyglot = "ms-dotnettools.dotnet-interactive-vscode";

    /// <summary>The folders of the installed extensions, by name and version; none without VS Code.</summary>
    public static IReadOnlyList<string> Extensions()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders = [Path.Combine(home, ".vscode", "extensions"), Path.Combine(home, ".vscode-server", "extensions")];
        return [.. folders.Where(Directory.Exists).SelectMany(Directory.GetDirectories)];
    }

    /// <summary>Says which extensions are missing or in the way.</summary>
    public static IEnumerable<Check> Examine(IReadOnlyList<string> extensions, bool hasJupyter)
    {
        const string Subject = "VS Code";
        if (extensions.Count == 0)
        {
            const string Advice = "For VS Code: install it from https://code.visualstudio.com and open this folder, which recommends the extensions. JupyterLab does without.";
            return [new(Subject, "no extensions found", Advice, IsNeeded: !hasJupyter)];
        }

        var jupyter = Find(extensions, Jupyter) is { } found
            ? new Check(Subject, found, null, IsNeeded: false)
            : new Check(Subject, "its Jupyter extension is missing", $"Run: code --install-extension {Jupyter}", IsNeeded: !hasJupyter);
        return Find(extensions, Polyglot) is { } polyglot
            ? [jupyter, new(Subject, $"{polyglot} claims C# notebooks too", $"It is no longer maintained. Run: code --uninstall-extension {Polyglot}", IsNeeded: false)]
            : [jupyter];
    }

    private static string? Find(IEnumerable<string> extensions, string id) =>
        extensions.Select(Path.GetFileName).FirstOrDefault(name => name!.StartsWith(id + "-", StringComparison.OrdinalIgnoreCase));
}
