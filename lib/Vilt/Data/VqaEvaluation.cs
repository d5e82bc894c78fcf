namespace Vilt.Data;

/// <summary>
/// The official accuracy over many questions, in percent rounded to two decimals as the official program rounds it
/// (GT-Vision-Lab/VQA, <c>vqaEval.py</c>, with its default n = 2): overall, by question type and by answer type.
/// </summary>
public sealed class VqaEvaluation
{
    private const int Decimals = 2;
    private readonly Dictionary<long, double> byQuestion = [];
    private readonly Means byQuestionType = new();
    private readonly Means byAnswerType = new();
    private Mean overall;

    /// <summary>The number of questions.</summary>
    public int Count => overall.Count;

    /// <summary>The mean accuracy over all questions; NaN if there are none.</summary>
    public double Overall => overall.Percent;

    /// <summary>The accuracy of each question, by question id.</summary>
    public IReadOnlyDictionary<long, double> ByQuestion => byQuestion;

    /// <summary>The mean accuracy of the questions of each type, such as "what color is the".</summary>
    public IReadOnlyDictionary<string, double> ByQuestionType => byQuestionType.Percents;

    /// <summary>The mean accuracy of the questions of each answer type: "yes/no", "number", "other".</summary>
    public IReadOnlyDictionary<string, double> ByAnswerType => byAnswerType.Percents;

    /// <summary>Counts one prediction and returns its accuracy in percent.</summary>
    /// <param name="annotation">The question's answers and types.</param>
    /// <param name="prediction">The model's answer.</param>
    /// <exception cref="ArgumentException">The question was counted already, or has no answers.</exception>
    public double Add(VqaAnnotation annotation, string prediction)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        var fraction = VqaAccuracy.Fraction(prediction, annotation.Answers);
        var percent = VqaAccuracy.ToPercent(fraction, 1, Decimals);
        if (!byQuestion.TryAdd(annotation.QuestionId, percent))
        {
            throw new ArgumentException(
                $"Question {annotation.QuestionId} was counted already: expected each question once.", nameof(annotation));
        }

        overall = overall.With(fraction);
        byQuestionType.Add(annotation.QuestionType, fraction);
        byAnswerType.Add(annotation.AnswerType, fraction);
        return percent;
    }

    private sealed class Means
    {
        private readonly Dictionary<string, Mean> means = [];

        public Dictionary<string, double> Percents { get; } = [];

        public void Add(string type, double fraction)
        {
            means[type] = means.GetValueOrDefault(type).With(fraction);
            Percents[type] = means[type].Percent;
        }
    }

    private readonly record struct Mean(double Sum, int Count)
    {
        public double Percent => Count == 0 ? double.NaN : VqaAccuracy.ToPercent(Sum, Count, Decimals);

        public Mean With(double fraction) => new(Sum + fraction, Count + 1);
    }
}
