using System.Text.Json;

namespace Vilt.Data;

/// <summary>What questions and annotations files have in common: an object with a few words about itself and one long list.</summary>
internal static class VqaFile
{
    /// <summary>Reads header and list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="list">The list's name.</param>
    /// <param name="read">Reads one element of the list.</param>
    /// <param name="questionId">The element's question id, which may stand once.</param>
    public static (VqaFileHeader Header, List<T> Elements) Read<T>(string path, string list, JsonRead<T> read, Func<T, long> questionId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path}: no such file; expected a VQAv2 file with a list \"{list}\".", path);
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length == 0)
        {
            throw new InvalidDataException($"{path}: the file is empty; expected a VQAv2 file with a list \"{list}\".");
        }

        var reading = new VqaFileReading<T>(new JsonStream(stream), list, read, questionId);
        try
        {
            return reading.Read();
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException) // the second: text that is not UTF-8
        {
            throw new InvalidDataException($"{path}: {reading.Place}{problem.Message}", problem);
        }
    }
}
