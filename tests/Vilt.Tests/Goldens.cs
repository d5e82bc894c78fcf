using System.Text.Json.Nodes;

namespace Vilt.Tests;

/// <summary>
/// Outputs of transformers, captum and the VQA metric: <c>tests/goldens</c>, or the folder that <c>VILT_GOLDENS</c> names.
/// A part that this folder lacks, such as the metric's, whose cases have no seed, comes from <c>tests/goldens</c>.
/// </summary>
public static class Goldens
{
    private static readonly string Own = Path.Combine(RepositoryFolder(), "tests", "goldens");
    public static string Folder { get; } = Environment.GetEnvironmentVariable("VILT_GOLDENS") ?? Own;

    /// <summary>The checkpoint folders, which have a processor each.</summary>
    public static IEnumerable<string> Checkpoints =>
        Directory.GetFiles(Folder, "preprocessor_config.json", SearchOption.AllDirectories).Select(path => Path.GetDirectoryName(path)!);

    public static string PathOf(params string[] parts) =>
        Path.Combine([Directory.Exists(Path.Combine(Folder, parts[0])) ? Folder : Own, .. parts]);

    public static JsonNode Json(params string[] parts) => JsonNode.Parse(File.ReadAllText(PathOf(parts)))!;

    /// <summary>The folder of the solution, found from the test's own output folder.</summary>
    public static string RepositoryFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Vilt.Notebooks.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No Vilt.Notebooks.sln above {AppContext.BaseDirectory}.");
    }
}
