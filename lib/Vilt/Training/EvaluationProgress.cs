using System.Globalization;

namespace Vilt.Training;

/// <summary>The progress of an evaluation after a batch.</summary>
/// <param name="Questions">Questions answered.</param>
/// <param name="Total">Questions to answer.</param>
/// <param name="Accuracy">The official accuracy so far, in percent.</param>
public sealed record EvaluationProgress(int Questions, int Total, double Accuracy)
{
    /// <summary>One line for a terminal or a log: "20/100 questions · accuracy 63.50 %".</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Questions}/{Total} questions · accuracy {Accuracy:0.00} %");
}
