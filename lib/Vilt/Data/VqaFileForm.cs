namespace Vilt.Data;

/// <summary>A way of writing questions, annotations and pictures' names.</summary>
/// <param name="Questions">Reads the questions of a file.</param>
/// <param name="Annotations">Reads the annotations of a file.</param>
/// <param name="ImageId">The image id in a picture's file name, null if the name has another form.</param>
internal sealed record VqaFileForm(
    Func<string, IReadOnlyList<VqaQuestion>> Questions, Func<string, IReadOnlyList<VqaAnnotation>> Annotations, Func<string, long?> ImageId)
{
    /// <summary>VQA's, which VQAv2 and OK-VQA use too.</summary>
    public static readonly VqaFileForm Vqa = new(
        path => VqaQuestionFile.Read(path).Questions, path => VqaAnnotationFile.Read(path).Annotations, ImageIndex.IdFromFileName);

    /// <summary>GQA's.</summary>
    public static readonly VqaFileForm Gqa = new(path => GqaFile.Read(path).Questions, path => GqaFile.Read(path).Annotations, GqaFile.ImageId);

    /// <summary>VizWiz'.</summary>
    public static readonly VqaFileForm VizWiz = new(
        path => VizWizFile.Read(path).Questions, path => VizWizFile.Read(path).Annotations, VizWizFile.ImageId);
}
