namespace Vilt.Data;

/// <summary>What one annotator answered.</summary>
/// <param name="AnswerId">The annotator's number within the question, 1 to 10 in VQAv2.</param>
/// <param name="Answer">The answer as it was written.</param>
/// <param name="AnswerConfidence">How sure the annotator was: "yes", "maybe" or "no"; empty if the file does not say.</param>
public readonly record struct VqaAnswer(int AnswerId, string Answer, string AnswerConfidence);
