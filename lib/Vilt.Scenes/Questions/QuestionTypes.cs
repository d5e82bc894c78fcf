namespace Vilt.Scenes.Questions;

/// <summary>
/// VQAv2's two labels of a question. Its <c>question_type</c> is the question's usual beginning; here each kind has one of its own,
/// whatever the paraphrase, so that accuracy by question type is accuracy by kind.
/// </summary>
internal static class QuestionTypes
{
    public static string QuestionType(ZooQuestionKind kind) => kind switch
    {
        ZooQuestionKind.Animal => "what is on the",
        ZooQuestionKind.Color => "what color is the",
        ZooQuestionKind.EyeColor => "what color are the eyes",
        ZooQuestionKind.Choice => "is the animal",
        ZooQuestionKind.Count => "how many",
        ZooQuestionKind.Ears => "how many ears",
        ZooQuestionKind.Place => "where is the",
        ZooQuestionKind.Presence => "is there a",
        ZooQuestionKind.ColorCheck => "is the",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of question."),
    };

    public static string AnswerType(ZooQuestionKind kind) => kind switch
    {
        ZooQuestionKind.Presence or ZooQuestionKind.ColorCheck => "yes/no",
        ZooQuestionKind.Count or ZooQuestionKind.Ears => "number",
        ZooQuestionKind.Animal or ZooQuestionKind.Color or ZooQuestionKind.EyeColor or ZooQuestionKind.Choice or ZooQuestionKind.Place => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of question."),
    };
}
