using Vilt.Tests;

namespace Vilt.Scenes.Tests;

/// <summary>A folder of its own for one test, removed with all that was written beside the data set too.</summary>
public sealed class ZooFolder : TemporaryFolder
{
    /// <summary>Where a data set may go; not made yet.</summary>
    public string Zoo => this["zoo"];

    /// <summary>Relative names and contents of all files below a folder.</summary>
    public static IReadOnlyDictionary<string, string> Contents(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => System.IO.Path.GetRelativePath(folder, path), path => Convert.ToBase64String(File.ReadAllBytes(path)));
}
