namespace Vilt.Course;

/// <summary>Where the series is, and where a lesson puts what it makes.</summary>
internal static class CourseFolders
{
    /// <summary>The environment variable that names the series' folder, for notebooks and libraries that lie outside of it.</summary>
    internal const string HomeVariable = "VILT_HOME";

    private const string Mark = "assets/vilt-zoo-mlm"; // what a lesson can't do without

    /// <summary>The series' folder: the one that <see cref="HomeVariable"/> names, else one above the notebook, else one above this library.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Home()
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } named)
        {
            return IsHome(named) ? Path.GetFullPath(named) : throw new DirectoryNotFoundException(
                $"{HomeVariable} is {named}, which has no {Mark}: set it to the folder of the series, or unset it.");
        }

        return Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory) ?? Above(typeof(CourseFolders).Assembly.Location)
            ?? throw new DirectoryNotFoundException($"No folder above {Environment.CurrentDirectory} has {Mark}: set {HomeVariable} to the folder of the series.");
    }

    /// <summary>Where the notebook that runs puts what it makes.</summary>
    public static string Own(string home, string name) => Path.Combine(Artifacts(home, Environment.CurrentDirectory), name);

    /// <summary>The same, for what is the same for all: where the series has it already, that is used.</summary>
    public static string Shared(string home, string name) =>
        Path.Combine(home, "artifacts", name) is var there && Directory.Exists(there) ? there : Own(home, name);

    /// <summary>The folder for what is drawn, fetched or trained: the series' for its own notebooks; beside any copy, so that its checkpoints are its own.</summary>
    public static string Artifacts(string home, string notebooks)
    {
        var isOwn = Path.GetRelativePath(Path.Combine(home, "notebooks"), notebooks) is var path
            && !path.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(path);
        return Path.Combine(isOwn ? home : notebooks, "artifacts");
    }

    private static bool IsHome(string folder) => Directory.Exists(Path.Combine(folder, Mark));

    private static string? Above(string path)
    {
        for (var folder = path; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (IsHome(folder))
            {
                return folder;
            }
        }

        return null;
    }
}
