using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>One split of a data set in VQAv2's files: where its questions, annotations and pictures lie.</summary>
/// <param name="Name">The split in the files' names, such as <c>val2014</c>.</param>
/// <param name="QuestionsFile">The questions.</param>
/// <param name="AnnotationsFile">The annotations; null for a split without answers.</param>
/// <param name="PicturesFolder">The folder of the pictures, which may be missing.</param>
public sealed partial record VqaSplit(string Name, string QuestionsFile, string? AnnotationsFile, string PicturesFolder)
{
    /// <summary>Finds the splits in a folder, by the names that VQAv2's files have.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>One or more splits, by name.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It holds no questions file.</exception>
    public static IReadOnlyList<VqaSplit> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: no such folder; expected one with VQAv2's files.");
        List<VqaSplit> splits = [.. Directory.GetFiles(folder)
            .Select(path => (Path: path, Match: QuestionsName().Match(System.IO.Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .Select(file => Of(folder, file.Path, file.Match.Groups[1].Value))
            .OrderBy(split => split.Name, StringComparer.Ordinal)];
        return splits.Count > 0 ? splits : throw new FileNotFoundException(
            $"{folder}: no questions file; expected one named as in VQAv2, such as v2_OpenEnded_mscoco_val2014_questions.json.");
    }

    private static VqaSplit Of(string folder, string questions, string split)
    {
        string annotations = Path.Combine(folder, $"v2_mscoco_{split}_annotations.json");
        return new(split, questions, File.Exists(annotations) ? annotations : null, Path.Combine(folder, split));
    }

    [GeneratedRegex(@"\Av2_OpenEnded_mscoco_([A-Za-z0-9-]+)_questions\.json\z")]
    private static partial Regex QuestionsName();
}
