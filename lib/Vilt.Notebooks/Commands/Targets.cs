namespace Vilt.Notebooks.Commands;

/// <summary>Checks where files are to be written, before anything is.</summary>
internal static class Targets
{
    /// <summary>Says what is wrong with writing files of these notebooks' names into a folder, or null.</summary>
    public static string? Problem(IReadOnlyList<string> notebooks, string folder)
    {
        folder = Path.GetFullPath(folder);
        if (notebooks.FirstOrDefault(notebook => Path.GetDirectoryName(Path.GetFullPath(notebook)) == Path.TrimEndingDirectorySeparator(folder)) is { } own)
        {
            return $"--out {folder} is the folder of {own} itself, which would be overwritten; name another one.";
        }

        var twice = notebooks.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? null : $"Two notebooks are named {twice.Key}, and --out has room for one: run them one by one.";
    }
}
