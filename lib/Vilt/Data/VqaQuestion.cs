namespace Vilt.Data;

/// <summary>One question about one picture, as a VQAv2 questions file holds it.</summary>
/// <param name="QuestionId">The question's own id, which its annotation repeats.</param>
/// <param name="ImageId">The id of the COCO picture that the question is about.</param>
/// <param name="Question">The question as it was written.</param>
public sealed record VqaQuestion(long QuestionId, long ImageId, string Question);
