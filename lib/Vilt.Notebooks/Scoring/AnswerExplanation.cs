using Vilt.Data;

namespace Vilt.Notebooks.Scoring;

/// <summary>What led a model to its most probable answer.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Probability">Its probability.</param>
/// <param name="Picture">The picture as the model saw it.</param>
/// <param name="Pixels">What each of its pixels adds to the answer's score: (rows, columns).</param>
/// <param name="Tokens">The question's tokens.</param>
/// <param name="Words">What each token adds.</param>
/// <param name="ConvergenceDelta">Sum of all that is added − (score of the input − score of the baseline).</param>
/// <param name="Steps">Steps of the path that it took.</param>
internal sealed record AnswerExplanation(
    string Answer, double Probability, RgbImage Picture, double[,] Pixels, IReadOnlyList<string> Tokens, float[] Words, double ConvergenceDelta, int Steps);
