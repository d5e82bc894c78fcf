namespace Vilt.Data;

/// <summary>One split of a data set: where its questions, annotations and pictures are, if it has them.</summary>
/// <param name="Name">The split in the files' names, such as <c>val2014</c>.</param>
/// <param name="QuestionsFile">The questions.</param>
/// <param name="AnnotationsFile">The annotations, which a test set lacks; GQA and VizWiz have them in the file of the questions.</param>
/// <param name="PicturesFolder">The folder of the pictures.</param>
public sealed record VqaSplit(string Name, string QuestionsFile, string AnnotationsFile, string PicturesFolder)
{
    /// <summary>How the files are written.</summary>
    internal VqaFileForm Form { get; init; } = VqaFileForm.Vqa;

    /// <summary>Reads the questions.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<VqaQuestion> Questions() => Form.Questions(QuestionsFile);

    /// <summary>Reads the annotations.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public IReadOnlyList<VqaAnnotation> Annotations() => Form.Annotations(AnnotationsFile);

    /// <summary>Lists the pictures.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">Two files have the same image id.</exception>
    public ImageIndex Images() => ImageIndex.FromFolder(PicturesFolder, Form.ImageId);
}
