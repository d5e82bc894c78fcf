using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// A folder as VQAv2's downloads unpack to: <c>v2_OpenEnded_mscoco_SPLIT_questions.json</c>,
/// <c>v2_mscoco_SPLIT_annotations.json</c> and the pictures in <c>SPLIT</c>, where SPLIT is, for example, <c>val2014</c>. Those of VQA v1
/// and OK-VQA, without <c>v2_</c>, are read too, and GQA's (<c>SPLIT_balanced_questions.json</c>, pictures in <c>images</c>) and VizWiz'
/// (<c>Annotations/SPLIT.json</c>, pictures in <c>SPLIT</c>).
/// </summary>
public static partial class VqaFolder
{
    /// <summary>The splits whose questions are in the folder, one or more, in alphabetical order.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It has no questions.</exception>
    /// <exception cref="InvalidDataException">It has a split twice.</exception>
    public static IReadOnlyList<VqaSplit> Splits(string folder)
    {
        var splits = Find(folder);
        return splits.Length > 0 ? splits : throw new FileNotFoundException(
            $"{folder} has no VQAv2 questions; expected a file such as v2_OpenEnded_mscoco_val2014_questions.json, or one of VQA v1, OK-VQA, "
            + "GQA (val_balanced_questions.json) or VizWiz (Annotations/val.json).");
    }

    /// <summary>Reads questions and annotations of a split and brings them together with the pictures.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Which split; null: the only one.</param>
    /// <returns>The examples, all annotated, and the ids of the questions that lack an annotation or a picture.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder or its pictures' folder is not there.</exception>
    /// <exception cref="FileNotFoundException">The questions or annotations are not there.</exception>
    /// <exception cref="InvalidDataException">There are several splits to choose from, or a file is damaged.</exception>
    public static VqaExamples Read(string folder, string? split = null) => Read(split is null ? OnlySplit(folder) : Named(folder, split));

    /// <inheritdoc cref="Read(string, string)"/>
    public static VqaExamples Read(VqaSplit split)
    {
        ArgumentNullException.ThrowIfNull(split);
        return VqaExamples.Pair(split.Questions(), split.Annotations(), split.Images());
    }

    private static VqaSplit[] Find(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected a data set in VQAv2's format.");
        }

        VqaSplit[] splits = [.. Vqa(folder).Concat(Gqa(folder)).Concat(VizWiz(folder)).OrderBy(split => split.Name, StringComparer.Ordinal)];
        if (splits.GroupBy(split => split.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            var files = twice.Select(split => Path.GetFileName(split.QuestionsFile));
            throw new InvalidDataException($"{folder} has the split {twice.Key} twice, in {string.Join(" and ", files)}: move one to another folder.");
        }

        return splits;
    }

    private static VqaSplit OnlySplit(string folder)
    {
        var splits = Splits(folder);
        return splits.Count == 1 ? splits[0] : throw new InvalidDataException(
            $"{folder} has several splits: {string.Join(", ", splits.Select(split => split.Name))}. Name the one to read.");
    }

    private static VqaSplit Named(string folder, string name)
    {
        var splits = Find(folder);
        var others = splits.Length == 0 ? "" : $"; it has {string.Join(", ", splits.Select(split => split.Name))}";
        return splits.FirstOrDefault(split => split.Name == name) ?? throw new FileNotFoundException(
            $"{folder} has no split {name}{others}. Expected a file such as v2_OpenEnded_mscoco_{name}_questions.json.");
    }

    private static IEnumerable<VqaSplit> Vqa(string folder) => Matches(folder, VqaName()).Select(match => new VqaSplit(
        match.Groups["split"].Value, Path.Combine(folder, match.Value),
        Path.Combine(folder, $"{match.Groups["version"].Value}{match.Groups["source"].Value}_{match.Groups["split"].Value}_annotations.json"),
        Path.Combine(folder, match.Groups["split"].Value)));

    private static IEnumerable<VqaSplit> Gqa(string folder) => Matches(folder, GqaName()).Select(match =>
        new VqaSplit(match.Groups["split"].Value, Path.Combine(folder, match.Value), Path.Combine(folder, match.Value), Path.Combine(folder, "images"))
        {
            Form = VqaFileForm.Gqa,
        });

    private static IEnumerable<VqaSplit> VizWiz(string folder) => Matches(Path.Combine(folder, "Annotations"), VizWizName()).Select(match =>
    {
        var file = Path.Combine(folder, "Annotations", match.Value);
        return new VqaSplit(match.Groups["split"].Value, file, file, Path.Combine(folder, match.Groups["split"].Value)) { Form = VqaFileForm.VizWiz };
    });

    private static IEnumerable<Match> Matches(string folder, Regex name) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder).Select(path => name.Match(Path.GetFileName(path))).Where(match => match.Success);

    [GeneratedRegex(@"\A(?<version>v2_)?OpenEnded_(?<source>mscoco|abstract_v002)_(?<split>.+)_questions\.json\z")]
    private static partial Regex VqaName();

    [GeneratedRegex(@"\A(?<split>[a-z]+(_balanced|_all)?)_questions\.json\z")]
    private static partial Regex GqaName();

    [GeneratedRegex(@"\A(?<split>train|val|test)\.json\z")]
    private static partial Regex VizWizName();
}
