using Vilt.Scenes.Drawing;

namespace Vilt.Scenes.Questions;

/// <summary>
/// Ten people answer each question. Up to four of them say something else, so that the true answer is always the most frequent one
/// and scores 100 under the official metric, which requires three that agree.
/// </summary>
internal static class Annotators
{
    public const int Count = 10;

    /// <summary>How many dissent, drawn evenly from this list: 1.2 of ten on average.</summary>
    private static readonly IReadOnlyList<int> Dissenters = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4];

    /// <summary>
    /// The same if there is only one other answer. All dissenters would give it, and the metric rewards even a few that agree: a blind
    /// "yes" would score 68 instead of 58.
    /// </summary>
    private static readonly IReadOnlyList<int> DissentersOfTwo = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2];

    private static readonly IReadOnlyList<string> ConfidenceWhenRight =
        ["yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "maybe", "no"];

    private static readonly IReadOnlyList<string> ConfidenceOtherwise = ["yes", "yes", "maybe", "maybe", "no"];

    public static IReadOnlyList<GivenAnswer> Answer(Question question, SeededRandom random)
    {
        var dissenters = random.Pick(question.Others.Count > 1 ? Dissenters : DissentersOfTwo);
        List<GivenAnswer> answers = [.. Enumerable.Range(0, Count).Select(person => person < dissenters
            ? new GivenAnswer(random.Pick(question.Others), random.Pick(ConfidenceOtherwise))
            : new GivenAnswer(question.Truth, random.Pick(ConfidenceWhenRight)))];
        random.Shuffle(answers);
        return answers;
    }
}
