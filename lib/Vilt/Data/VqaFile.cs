namespace Vilt.Data;

/// <summary>What questions and annotations files have in common: an object with a few words about itself and one long list.</summary>
internal static class VqaFile
{
    /// <summary>Reads header and list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="list">The list's name.</param>
    /// <param name="read">Reads one element of the list.</param>
    /// <param name="questionId">The element's question id, which may appear once.</param>
    public static (VqaFileHeader Header, List<T> Elements) Read<T>(string path, string list, JsonRead<T> read, Func<T, long> questionId)
    {
        (VqaFileHeader, List<T>)? found = null;
        VqaStream.Read(path, $"a file in VQAv2's format with a list \"{list}\"", (json, at) => found = new VqaFileReading<T>(json, list, read, questionId, at).Read());
        return found!.Value;
    }
}
