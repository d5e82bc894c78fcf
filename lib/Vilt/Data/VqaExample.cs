namespace Vilt.Data;

/// <summary>One question about one picture, as a VQAv2 questions file holds it.</summary>
/// <param name="QuestionId">The question's own id, which its annotation repeats.</param>
/// <param name="ImageId">The id of the COCO picture that the question is about.</param>
/// <param name="Question">The question as it was written.</param>
public sealed record VqaQuestion(long QuestionId, long ImageId, string Question);

/// <summary>A question with its picture and, unless it belongs to a test set, its answers.</summary>
/// <param name="Question">The question.</param>
/// <param name="Annotation">The annotators' answers, or null if none are published.</param>
/// <param name="ImagePath">Where the picture's file is, or will be once <see cref="FetchImage"/> has fetched it.</param>
public sealed record VqaExample(VqaQuestion Question, VqaAnnotation? Annotation, string ImagePath)
{
    /// <summary>Where the picture comes from if it has to be fetched.</summary>
    internal ImageIndex? Images { get; init; }

    /// <summary>Fetches the picture if that is still to be done (<see cref="Vqav2Images.Needed"/>).</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="Downloads.DownloadException">It can't be fetched.</exception>
    public string FetchImage() => Images?.PathOf(Question.ImageId) ?? ImagePath;

    /// <summary>
    /// Fetches those of the examples' pictures that are still to be fetched, several at a time; failures are reported when one is asked
    /// for.
    /// </summary>
    internal static Task FetchPicturesAsync(IEnumerable<VqaExample> examples, CancellationToken cancellation) =>
        Task.WhenAll(examples.Where(example => example.Images is not null).GroupBy(example => example.Images!, example => example.Question.ImageId)
            .Select(pictures => pictures.Key.FetchAsync(pictures, cancellationToken: cancellation)));

    /// <summary>The question's id and text, and where the picture is or will be.</summary>
    public override string ToString() => $"{Question.QuestionId}: {Question.Question} ({ImagePath})";
}
