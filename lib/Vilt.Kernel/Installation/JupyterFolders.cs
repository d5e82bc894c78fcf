namespace Vilt.Kernel.Installation;

/// <summary>Where Jupyter looks for kernel specs, by the rules of jupyter_core's paths.py and its environment variables.</summary>
internal static class JupyterFolders
{
    private const string KernelsFolder = "kernels";
    private static readonly string[] No = ["", "no", "n", "false", "off", "0", "0.0"];

    /// <summary>The user's own kernels.</summary>
    public static string User => Path.Combine(DataFolder(), KernelsFolder);

    /// <summary>The kernels of an environment or installation.</summary>
    public static string OfPrefix(string prefix) => Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", KernelsFolder);

    /// <summary>All folders with kernels. Of two kernels with the same name, the first counts.</summary>
    /// <param name="prefix">The environment of the Jupyter in use, if there is one.</param>
    public static IEnumerable<string> All(string? prefix)
    {
        var named = (Variable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> folders = [.. named.Select(folder => Path.Combine(folder, KernelsFolder)), User];
        if (prefix is not null)
        {
            folders = folders.Append(OfPrefix(prefix));
        }

        string[] system = OperatingSystem.IsWindows() ? [] : [OfPrefix("/usr/local"), OfPrefix("/usr")];
        return folders.Concat(system).Distinct();
    }

    private static string DataFolder()
    {
        if (Variable("JUPYTER_DATA_DIR") is { } named)
        {
            return Path.GetFullPath(named);
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var platform = !No.Contains((Variable("JUPYTER_PLATFORM_DIRS") ?? "").ToLowerInvariant());
        if (OperatingSystem.IsMacOS())
        {
            return platform ? Path.Combine(home, "Library", "Application Support", "Jupyter") : Path.Combine(home, "Library", "Jupyter");
        }

        if (OperatingSystem.IsWindows())
        {
            return platform
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Jupyter")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
        }

        return Path.Combine(Variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "jupyter");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
