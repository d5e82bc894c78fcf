using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// A folder as VQAv2's downloads unpack to: <c>v2_OpenEnded_mscoco_SPLIT_questions.json</c>,
/// <c>v2_mscoco_SPLIT_annotations.json</c> and the pictures in <c>SPLIT</c>, where SPLIT is such as <c>val2014</c>.
/// </summary>
public static partial class VqaFolder
{
    /// <summary>The splits of which the folder has the questions, in alphabetical order.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<string> Splits(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected a data set in VQAv2's files.");
        }
        return
        [
            .. Directory.EnumerateFiles(folder).Select(path => QuestionsName().Match(Path.GetFileName(path)))
                .Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Reads questions and annotations of a split and brings them together with the pictures.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Which split; null: the only one.</param>
    /// <returns>The examples, all annotated, and the ids of the questions that lack an annotation or a picture.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder or its pictures' folder is not there.</exception>
    /// <exception cref="FileNotFoundException">The questions or annotations are not there.</exception>
    /// <exception cref="InvalidDataException">There are several splits to choose from, or a file is damaged.</exception>
    public static VqaExamples Read(string folder, string? split = null)
    {
        split ??= OnlySplit(folder);
        VqaQuestionFile questions = VqaQuestionFile.Read(Path.Combine(folder, $"v2_OpenEnded_mscoco_{split}_questions.json"));
        VqaAnnotationFile annotations = VqaAnnotationFile.Read(Path.Combine(folder, $"v2_mscoco_{split}_annotations.json"));
        ImageIndex images = ImageIndex.FromFolder(Path.Combine(folder, split));
        return VqaExamples.Pair(questions.Questions, annotations.Annotations, images);
    }

    private static string OnlySplit(string folder)
    {
        IReadOnlyList<string> splits = Splits(folder);
        return splits.Count switch
        {
            1 => splits[0],
            0 => throw new FileNotFoundException(
                $"{folder} has no VQAv2 questions; expected a file such as v2_OpenEnded_mscoco_val2014_questions.json."),
            _ => throw new InvalidDataException($"{folder} has several splits: {string.Join(", ", splits)}. Name the one to read."),
        };
    }

    [GeneratedRegex(@"\Av2_OpenEnded_mscoco_(.+)_questions\.json\z")]
    private static partial Regex QuestionsName();
}
