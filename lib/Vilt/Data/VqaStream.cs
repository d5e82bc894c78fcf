using System.Text.Json;

namespace Vilt.Data;

/// <summary>Opens a data set's JSON file and says where errors are.</summary>
internal static class VqaStream
{
    /// <summary>Reads a file with a function that reports, as it goes, which part it is reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="read">Reads it, and reports the place for a message.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty or damaged.</exception>
    public static void Read(string path, string expected, Action<JsonStream, Action<string>> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file; expected {expected}.", path);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length == 0)
        {
            throw new InvalidDataException($"{path}: the file is empty; expected {expected}.");
        }

        var place = "";
        try
        {
            read(new JsonStream(stream), at => place = at);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException) // the second: text that is not UTF-8
        {
            throw new InvalidDataException($"{path}: {place}{problem.Message}", problem);
        }
    }
}
