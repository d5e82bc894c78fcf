using System.Text.Json;
using Vilt.Data;

namespace Vilt.Results;

/// <summary>What the results in a folder depend on, kept in its <c>run.json</c>.</summary>
public static class RunSettings
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes them, or compares them with those that are there. If several runs begin at once, one writes and all read.</summary>
    /// <exception cref="InvalidDataException">The folder holds results for other settings.</exception>
    public static void Claim(string folder, SortedDictionary<string, string> settings)
    {
        var path = PathIn(folder);
        if (!File.Exists(path))
        {
            AtomicFile.WriteIfMissing(path, stream => JsonSerializer.Serialize(stream, settings, Indented));
        }

        var kept = Read(folder);
        string[] differences = [.. kept.Keys.Union(settings.Keys)
            .Select(name => (Name: name, There: kept.GetValueOrDefault(name, "unknown"), Here: settings.GetValueOrDefault(name, "unknown")))
            .Where(setting => setting.There != setting.Here).Select(setting => $"{setting.Name} is {setting.There} there and {setting.Here} here")];
        if (differences.Length > 0)
        {
            throw new InvalidDataException(
                $"{folder} holds results of another run: {string.Join("; ", differences)}. Choose another --out for this one.");
        }
    }

    /// <summary>Reads those of a folder.</summary>
    /// <exception cref="InvalidDataException">They can't be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: expected an object of strings: {error.Message} Restore the file, or use another folder.", error);
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "run.json");
}
