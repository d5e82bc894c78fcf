namespace Vilt.Data;

/// <summary>What a VQAv2 file says about itself, besides its list of questions or annotations.</summary>
/// <param name="Keys">The names at the top of the file, in its order, the list's own among them.</param>
/// <param name="Info">Description, version, date and so on.</param>
/// <param name="License">Name and address of the license.</param>
/// <param name="DataType">The source of the pictures, "mscoco"; null if the file does not say.</param>
/// <param name="DataSubtype">The split, such as "val2014"; null if the file does not say.</param>
/// <param name="TaskType">"Open-Ended"; null in annotation files.</param>
public sealed record VqaFileHeader(
    IReadOnlyList<string> Keys,
    IReadOnlyDictionary<string, string> Info,
    IReadOnlyDictionary<string, string> License,
    string? DataType,
    string? DataSubtype,
    string? TaskType);
