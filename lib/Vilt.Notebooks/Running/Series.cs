using Vilt.Notebooks.Files;

namespace Vilt.Notebooks.Running;

/// <summary>Finds notebooks: the repository's series with its solutions, and those that a user names.</summary>
internal static class Series
{
    private const string Solution = "Vilt.Notebooks.sln";

    /// <summary>The repository's folder: above the current folder, or above this program. Null if neither is in one.</summary>
    public static string? Root() => RootAbove(Environment.CurrentDirectory) ?? RootAbove(AppContext.BaseDirectory);

    /// <summary>Where the executed series goes by default.</summary>
    public static string DefaultOutput() => Artifact("series");

    /// <summary>What is created or fetched when needed.</summary>
    public static string Artifact(string name) => Path.Combine(Root() ?? Environment.CurrentDirectory, "artifacts", name);

    /// <summary>The folder with the libraries that notebooks load; null where there is no repository.</summary>
    public static string? Libraries() => Root() is { } root ? Path.Combine(root, "lib", "Vilt.Course", "bin") : null;

    /// <summary>What comes with the series.</summary>
    public static string Asset(string name) => Path.Combine(Root() ?? Environment.CurrentDirectory, "assets", name);

    /// <summary>The notebook files that paths stand for, each once; a folder stands for those in it and in its folders, in order of their paths.</summary>
    /// <param name="paths">Notebooks and folders; none for the series.</param>
    /// <param name="except">A folder whose notebooks are not meant: that of the results.</param>
    /// <exception cref="NotebookException">There is no series, or a folder has no notebooks.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyCollection<string> paths, string? except = null)
    {
        if (paths.Count > 0)
        {
            return [.. paths.SelectMany(path => Directory.Exists(path) ? InFolder(path, except) : [Path.GetFullPath(path)]).Distinct()];
        }

        var root = Root() ?? throw new NotebookException(
            Environment.CurrentDirectory, $"is not in a folder with {Solution}; name the notebooks to run.");
        return InFolder(Path.Combine(root, "notebooks", "solutions"), except);
    }

    /// <summary>Links are not followed, since they may lead in circles, and hidden folders, such as Jupyter's checkpoints, are left out.</summary>
    private static IReadOnlyList<string> InFolder(string folder, string? except)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        var results = except is null ? null : Whole(except);
        // Results may also go above the sources, as students' copies of notebooks/solutions go into notebooks.
        var isBelow = results?.StartsWith(Whole(folder), StringComparison.Ordinal) ?? false;
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(Path.GetFullPath(folder), "*.ipynb", options).Where(file => !isBelow || !file.StartsWith(results!, StringComparison.Ordinal))]
            : [];
        return files.Length > 0 ? [.. files.Order(StringComparer.Ordinal)] : throw new NotebookException(folder, "has no notebooks (*.ipynb).");
    }

    private static string Whole(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;

    private static string? RootAbove(string folder)
    {
        for (var directory = new DirectoryInfo(folder); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, Solution)))
            {
                return directory.FullName;
            }
        }

        return null;
    }
}
