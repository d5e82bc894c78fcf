using Vilt.Scenes;

namespace Vilt.Notebooks.Scoring;

/// <summary>The scores of one question: (methods + 1)(measures), the last row for chance.</summary>
internal sealed record QuestionScores(ZooQuestionKind Kind, double[][] Rows);

/// <summary>Scores of methods over questions.</summary>
/// <param name="Methods">Their names.</param>
/// <param name="Questions">The questions' scores, at least one.</param>
internal sealed record ScoreSheet(IReadOnlyList<string> Methods, IReadOnlyList<QuestionScores> Questions)
{
    private static readonly Measure[] More = [Measure.Pointing, Measure.Inside, Measure.Rank, Measure.Insertion];
    private static readonly Measure[] Less =
    [
        Measure.Deletion, Measure.DeletionByMagnitude, Measure.Infidelity, Measure.RandomWeightsAbsolute, Measure.OtherAnswerAbsolute,
        Measure.Sensitivity, Measure.Seconds,
    ];

    /// <summary>The measures by which one method is better than another.</summary>
    public static IEnumerable<Measure> Comparable => More.Concat(Less);

    /// <summary>The questions of each kind, in the kinds' order.</summary>
    public IEnumerable<(ZooQuestionKind Kind, ScoreSheet Sheet)> ByKind => Questions.GroupBy(question => question.Kind)
        .OrderBy(kind => kind.Key).Select(kind => (kind.Key, this with { Questions = [.. kind] }));

    /// <summary>How many answers an empty picture takes away, <see cref="Measure.DeletionOfLost"/>.</summary>
    public int Lost => Questions.Count(question => !double.IsNaN(question.Rows[^1][(int)Measure.DeletionOfLost]));

    /// <summary>The mean over the questions for which it was measured; NaN if there are none.</summary>
    /// <param name="row">The method's place, or their count for chance.</param>
    /// <param name="measure">What is measured.</param>
    public double Mean(int row, Measure measure) => Questions.Select(question => question.Rows[row][(int)measure])
        .Where(score => !double.IsNaN(score)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The method that is best by a measure, and its mean; null if none was measured. A correlation is best near 0.</summary>
    public (string Method, double Mean)? Best(Measure measure)
    {
        var sign = More.Contains(measure) ? -1 : 1;
        var means = Methods.Select((method, row) => (Method: method, Mean: Mean(row, measure))).Where(one => !double.IsNaN(one.Mean)).ToList();
        return means.Count == 0 ? null : means.MinBy(one => sign * Math.Abs(one.Mean));
    }
}
