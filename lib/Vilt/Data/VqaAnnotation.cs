namespace Vilt.Data;

/// <summary>What one annotator answered.</summary>
/// <param name="AnswerId">The annotator's number within the question, 1 to 10 in VQAv2.</param>
/// <param name="Answer">The answer as it was written.</param>
/// <param name="AnswerConfidence">How sure the annotator was: "yes", "maybe" or "no"; empty if the file does not say.</param>
public readonly record struct VqaAnswer(int AnswerId, string Answer, string AnswerConfidence);

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
    IReadOnlyList<VqaAnswer> Answers)
{
    private const int Annotators = 10; // of VQAv2

    /// <summary>The answer given most often; the first, if there are several.</summary>
    internal static string MostGiven(IReadOnlyList<VqaAnswer> answers) => answers.CountBy(answer => answer.Answer).MaxBy(count => count.Value).Key;

    /// <summary>One answer, as if ten annotators had agreed on it.</summary>
    internal static VqaAnswer[] Agreed(string answer) => [.. Enumerable.Range(1, Annotators).Select(id => new VqaAnswer(id, answer, "yes"))];
}
