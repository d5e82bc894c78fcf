namespace Vilt.Data;

/// <summary>The answers worth a place in a model's head.</summary>
public static class FrequentAnswers
{
    /// <summary>
    /// The answers that most annotators gave to several questions, in alphabetical order: VQAv2's 3,129 answers are those of at
    /// least 9 questions (https://github.com/hengyuan-hu/bottom-up-attention-vqa, compute_softscore.py).
    /// </summary>
    /// <param name="annotations">The annotations of the training set.</param>
    /// <param name="atLeast">For how many questions an answer must be the most common one.</param>
    /// <exception cref="ArgumentException">No answer is that frequent.</exception>
    public static AnswerVocabulary Of(IEnumerable<VqaAnnotation> annotations, int atLeast = 9)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        List<string> answers =
        [
            .. annotations.CountBy(annotation => annotation.MultipleChoiceAnswer)
                .Where(count => count.Value >= atLeast).Select(count => count.Key).Order(StringComparer.Ordinal),
        ];
        if (answers.Count > 0)
        {
            return new AnswerVocabulary(answers);
        }

        throw new ArgumentException($"No answer is the most common one for {atLeast} or more questions: expected a larger training set.", nameof(annotations));
    }
}
