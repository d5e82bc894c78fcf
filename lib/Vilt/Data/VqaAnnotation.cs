namespace Vilt.Data;

/// <summary>The annotators' answers to one question, as a VQAv2 annotations file holds them.</summary>
/// <param name="QuestionId">The id of the question that is answered.</param>
/// <param name="ImageId">The id of the COCO picture that the question is about.</param>
/// <param name="QuestionType">The first words of the question, such as "what color is the".</param>
/// <param name="AnswerType">"yes/no", "number" or "other".</param>
/// <param name="MultipleChoiceAnswer">The answer given most often.</param>
/// <param name="Answers">All answers, ten in VQAv2.</param>
public sealed record VqaAnnotation(
    long QuestionId,
    long ImageId,
    string QuestionType,
    string AnswerType,
    string MultipleChoiceAnswer,
    IReadOnlyList<VqaAnswer> Answers);
