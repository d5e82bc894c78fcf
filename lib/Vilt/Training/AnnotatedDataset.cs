using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;

namespace Vilt.Training;

/// <summary>What training and evaluation require of a data set.</summary>
internal static class AnnotatedDataset
{
    /// <exception cref="ArgumentException">It is empty, a question has no annotation, or its answers are not the model's.</exception>
    public static void Check(VqaDataset dataset, ViltForQuestionAnswering model)
    {
        Check(dataset);
        if (dataset.Vocabulary.Answers.SequenceEqual(model.Config.Answers))
        {
            return;
        }

        throw new ArgumentException(
            $"The data set's vocabulary of {dataset.Vocabulary.Count} answers is not the model's, which has {model.Config.Answers.Count}: " +
            "expected the same answers in the same order.",
            nameof(dataset));
    }

    /// <exception cref="ArgumentException">It is empty, or a question has no annotation.</exception>
    public static void Check(VqaDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Count == 0)
        {
            throw new ArgumentException("The data set is empty: expected at least one question.", nameof(dataset));
        }

        if (dataset.Examples.FirstOrDefault(example => example.Annotation is null) is VqaExample example)
        {
            throw new ArgumentException(
                $"Question {example.Question.QuestionId} has no annotation: expected annotated questions.", nameof(dataset));
        }
    }
}
