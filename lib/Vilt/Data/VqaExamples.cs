namespace Vilt.Data;

/// <summary>Questions brought together with their annotations and pictures, and the ids of those that lack one.</summary>
public sealed class VqaExamples
{
    private VqaExamples(IReadOnlyList<VqaExample> examples, IReadOnlyList<long> withoutAnnotation, IReadOnlyList<long> withoutImage)
    {
        Examples = examples;
        QuestionsWithoutAnnotation = withoutAnnotation;
        QuestionsWithoutImage = withoutImage;
    }

    /// <summary>The complete examples, in the order of the questions.</summary>
    public IReadOnlyList<VqaExample> Examples { get; }

    /// <summary>Ids of the questions that no annotation answers.</summary>
    public IReadOnlyList<long> QuestionsWithoutAnnotation { get; }

    /// <summary>Ids of the questions whose picture is not in the folder and is not fetched when asked for.</summary>
    public IReadOnlyList<long> QuestionsWithoutImage { get; }

    /// <summary>
    /// Pairs each question with the annotation of the same question id (not of the same position) and with its picture.
    /// A question that lacks one of them is left out and reported by id.
    /// </summary>
    /// <param name="questions">The questions; their order is kept.</param>
    /// <param name="annotations">The annotations in any order, or null for a test set that has none.</param>
    /// <param name="images">The pictures.</param>
    /// <exception cref="ArgumentException">Two questions, or two annotations, have the same question id.</exception>
    /// <exception cref="InvalidDataException">An annotation names another picture than its question.</exception>
    public static VqaExamples Pair(IReadOnlyList<VqaQuestion> questions, IReadOnlyList<VqaAnnotation>? annotations, ImageIndex images)
    {
        ArgumentNullException.ThrowIfNull(questions);
        ArgumentNullException.ThrowIfNull(images);
        ThrowIfRepeated(questions.Select(question => question.QuestionId), nameof(questions));
        ThrowIfRepeated(annotations?.Select(annotation => annotation.QuestionId) ?? [], nameof(annotations));
        var byQuestion = annotations?.ToDictionary(annotation => annotation.QuestionId);
        List<VqaExample> examples = [];
        List<long> withoutAnnotation = [];
        List<long> withoutImage = [];
        foreach (var question in questions)
        {
            var annotation = byQuestion?.GetValueOrDefault(question.QuestionId);
            var isAnswered = annotation is not null || byQuestion is null;
            var isPictured = images.TryPathOf(question.ImageId, out var path);
            if (!isAnswered)
            {
                withoutAnnotation.Add(question.QuestionId);
            }

            if (!isPictured)
            {
                withoutImage.Add(question.QuestionId);
            }

            if (isAnswered && isPictured)
            {
                examples.Add(Example(question, annotation, path!, images));
            }
        }

        return new VqaExamples(examples, withoutAnnotation, withoutImage);
    }

    /// <summary>The picture about which people gave the first of these answers to a question, and most of the others.</summary>
    /// <param name="answers">One or more answers, in the words of <see cref="VqaAnnotation.MultipleChoiceAnswer"/>.</param>
    /// <returns>Its file, which is fetched if it has to be.</returns>
    /// <exception cref="InvalidDataException">Nobody gave the first answer.</exception>
    public string PictureAbout(params IReadOnlyList<string> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentOutOfRangeException.ThrowIfZero(answers.Count);
        return Examples.Where(example => example.Annotation is not null)
            .GroupBy(example => example.Question.ImageId, example => (Example: example, example.Annotation!.MultipleChoiceAnswer))
            .Where(picture => picture.Any(asked => asked.MultipleChoiceAnswer == answers[0]))
            .MaxBy(picture => picture.Select(asked => asked.MultipleChoiceAnswer).Intersect(answers).Count())?
            .First().Example.FetchImage() ?? throw new InvalidDataException($"No question was answered \"{answers[0]}\": choose another picture.");
    }

    private static VqaExample Example(VqaQuestion question, VqaAnnotation? annotation, string path, ImageIndex images)
    {
        if (annotation is not null && annotation.ImageId != question.ImageId)
        {
            throw new InvalidDataException(
                $"Question {question.QuestionId} is about picture {question.ImageId}, but its annotation is about picture " +
                $"{annotation.ImageId}: image_id must be the same in both files. Do they belong to the same data set?");
        }

        return new VqaExample(question, annotation, path) { Images = images.FetchesPictures ? images : null };
    }

    private static void ThrowIfRepeated(IEnumerable<long> questionIds, string list)
    {
        HashSet<long> seen = [];
        foreach (var id in questionIds)
        {
            if (!seen.Add(id))
            {
                throw new ArgumentException($"Question id {id} appears twice in the {list}: expected each id once.", list);
            }
        }
    }
}
