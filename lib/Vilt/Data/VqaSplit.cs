namespace Vilt.Data;

/// <summary>One split of a data set in VQAv2's files: where its questions, annotations and pictures lie, if they are there.</summary>
/// <param name="Name">The split in the files' names, such as <c>val2014</c>.</param>
/// <param name="QuestionsFile">The questions.</param>
/// <param name="AnnotationsFile">The annotations, which a test set lacks.</param>
/// <param name="PicturesFolder">The folder of the pictures.</param>
public sealed record VqaSplit(string Name, string QuestionsFile, string AnnotationsFile, string PicturesFolder);
