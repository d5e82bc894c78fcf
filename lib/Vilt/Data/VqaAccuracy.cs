using System.Globalization;

namespace Vilt.Data;

/// <summary>
/// The official accuracy of an answer to a VQA question (Antol et al. 2015; GT-Vision-Lab/VQA, <c>vqaEval.py</c>): an answer
/// is right to the extent that three of the other annotators gave it, averaged over the annotators.
/// </summary>
public static class VqaAccuracy
{
    private const double MatchesForFullScore = 3;
    private const int ScoreDecimals = 12; // Rounds away the noise of summing thirds, and nothing else.

    /// <summary>The accuracy of one prediction in percent: 0, 30, 60, 90 or 100 with VQAv2's ten annotators.</summary>
    /// <param name="prediction">The model's answer.</param>
    /// <param name="answers">The annotators' answers.</param>
    /// <exception cref="ArgumentException">There is no answer to compare with.</exception>
    public static double Score(string prediction, IReadOnlyList<VqaAnswer> answers) =>
        ToPercent(Fraction(prediction, answers), 1, ScoreDecimals);

    /// <summary>
    /// An answer as the evaluation compares it where the annotators do not all agree: without listed marks, in lower case,
    /// number words as digits, without articles, contractions with their apostrophe.
    /// </summary>
    public static string Normalize(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return AnswerNormalization.Normalize(AnswerNormalization.Trim(answer));
    }

    /// <summary>The accuracy between 0 and 1, summed in the official order so that averages round as theirs do.</summary>
    internal static double Fraction(string prediction, IReadOnlyList<VqaAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0)
        {
            throw new ArgumentException("There is no answer to compare with: expected ten.", nameof(answers));
        }

        var compared = AnswerNormalization.Trim(prediction);
        VqaAnswer[] given = [.. answers.Select(answer => answer with { Answer = AnswerNormalization.Trim(answer.Answer) })];
        if (given.Any(answer => answer.Answer != given[0].Answer))
        {
            compared = AnswerNormalization.Normalize(compared);
            given = [.. given.Select(answer => answer with { Answer = AnswerNormalization.Normalize(answer.Answer) })];
        }
        // "Other" is by the whole record, so records that are equal in everything, id included, leave each other out.
        VqaAnswer[] matching = [.. given.Where(answer => answer.Answer == compared)];
        return given.Sum(annotator => Math.Min(1, matching.Count(other => other != annotator) / MatchesForFullScore)) / given.Length;
    }

    /// <summary>
    /// The mean of fractions in percent, 100 × sum ÷ count in this order, rounded as Python 2 does, in which the official
    /// program is written: from the exact decimal value, halves away from zero.
    /// </summary>
    internal static double ToPercent(double sum, int count, int decimals)
    {
        // Math.Round(double) scales first, which turns values that are not halves into halves; "F20" is exact far beyond a double's digits.
        var percent = decimal.Parse((100 * sum / count).ToString("F20", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (double)decimal.Round(percent, decimals, MidpointRounding.AwayFromZero);
    }
}
