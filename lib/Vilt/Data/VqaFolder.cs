using System.Text.RegularExpressions;

namespace Vilt.Data;

/// <summary>
/// A folder as VQAv2's downloads unpack to: <c>v2_OpenEnded_mscoco_SPLIT_questions.json</c>,
/// <c>v2_mscoco_SPLIT_annotations.json</c> and the pictures in <c>SPLIT</c>, where SPLIT is such as <c>val2014</c>.
/// </summary>
public static partial class VqaFolder
{
    /// <summary>The splits of which the folder has the questions, one or more, in alphabetical order.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">It holds no questions.</exception>
    public static IReadOnlyList<VqaSplit> Splits(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{folder}: no such folder; expected a data set in VQAv2's files.");
        }

        List<VqaSplit> splits =
        [
            .. Directory.EnumerateFiles(folder).Select(path => QuestionsName().Match(Path.GetFileName(path)))
                .Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)
                .Select(name => Named(folder, name)),
        ];
        return splits.Count > 0 ? splits : throw new FileNotFoundException(
            $"{folder} has no VQAv2 questions; expected a file such as v2_OpenEnded_mscoco_val2014_questions.json.");
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
        var questions = VqaQuestionFile.Read(split.QuestionsFile);
        var annotations = VqaAnnotationFile.Read(split.AnnotationsFile);
        var images = ImageIndex.FromFolder(split.PicturesFolder);
        return VqaExamples.Pair(questions.Questions, annotations.Annotations, images);
    }

    private static VqaSplit OnlySplit(string folder)
    {
        var splits = Splits(folder);
        return splits.Count == 1 ? splits[0] : throw new InvalidDataException(
            $"{folder} has several splits: {string.Join(", ", splits.Select(split => split.Name))}. Name the one to read.");
    }

    private static VqaSplit Named(string folder, string name) => new(
        name, Path.Combine(folder, $"v2_OpenEnded_mscoco_{name}_questions.json"),
        Path.Combine(folder, $"v2_mscoco_{name}_annotations.json"), Path.Combine(folder, name));

    [GeneratedRegex(@"\Av2_OpenEnded_mscoco_(.+)_questions\.json\z")]
    private static partial Regex QuestionsName();
}
