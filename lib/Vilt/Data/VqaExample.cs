namespace Vilt.Data;

/// <summary>A question with its picture and, unless it belongs to a test set, its answers.</summary>
/// <param name="Question">The question.</param>
/// <param name="Annotation">The annotators' answers, or null where none are published.</param>
/// <param name="ImagePath">The picture's file.</param>
public sealed record VqaExample(VqaQuestion Question, VqaAnnotation? Annotation, string ImagePath);
