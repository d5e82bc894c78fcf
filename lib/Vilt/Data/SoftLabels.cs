namespace Vilt.Data;

/// <summary>
/// The answers to one question as targets of a multi-label classification: an answer that three or more annotators gave
/// counts 1, one that fewer gave counts a third for each of them, as in the ViLT fine-tuning tutorial.
/// </summary>
/// <param name="Labels">Answer ids, in the order in which the answers first appear.</param>
/// <param name="Scores">For each label its score, above 0 and at most 1.</param>
public sealed record SoftLabels(IReadOnlyList<int> Labels, IReadOnlyList<double> Scores)
{
    private const double CountForFullScore = 3;

    /// <summary>The soft labels of an annotation.</summary>
    public static SoftLabels From(VqaAnnotation annotation, AnswerVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(annotation);
        return From(annotation.Answers, vocabulary);
    }

    /// <summary>The soft labels of some answers. Answers are compared as they are; those outside the vocabulary are dropped.</summary>
    public static SoftLabels From(IReadOnlyList<VqaAnswer> answers, AnswerVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(vocabulary);
        List<int> labels = [];
        List<double> scores = [];
        foreach (var (answer, count) in answers.CountBy(answer => answer.Answer))
        {
            if (!vocabulary.TryIdOf(answer, out var id))
            {
                continue;
            }

            labels.Add(id);
            scores.Add(Math.Min(1, count / CountForFullScore));
        }

        return new SoftLabels(labels, scores);
    }

    /// <summary>The target vector (count) of the loss: the score at each label, 0 elsewhere.</summary>
    /// <param name="count">The number of answers that the model's head distinguishes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is outside the head.</exception>
    public float[] ToTargets(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var targets = new float[count];
        for (var i = 0; i < Labels.Count; i++)
        {
            if (Labels[i] < 0 || Labels[i] >= count)
            {
                throw new ArgumentOutOfRangeException(nameof(count), count,
                    $"Answer index {Labels[i]} is outside the head of {count} answers: expected 0 to {count - 1}. " +
                    "Make the labels and the head from the same answer vocabulary.");
            }

            targets[Labels[i]] = (float)Scores[i];
        }

        return targets;
    }
}
