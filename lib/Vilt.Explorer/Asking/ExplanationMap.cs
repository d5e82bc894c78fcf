using System.Runtime.InteropServices;
using Vilt.Evaluation;
using Vilt.Pipelines;

namespace Vilt.Explorer.Asking;

/// <summary>An explanation as the page shows it, coarse at first.</summary>
/// <param name="Answer">The answer that is explained.</param>
/// <param name="Probability">The model's probability of its most probable answer, <paramref name="Predicted"/>.</param>
/// <param name="Predicted">The model's most probable answer.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">What each pixel adds, row by row: 4-byte floating-point numbers in little-endian order, in base64.</param>
/// <param name="Tokens">The question's tokens.</param>
/// <param name="Words">What each token adds.</param>
/// <param name="Picture">What the picture adds.</param>
/// <param name="Text">What the question adds.</param>
/// <param name="TextShare">The question's share of both magnitudes.</param>
/// <param name="StepsDone">Steps that are computed.</param>
/// <param name="Steps">All of them.</param>
/// <param name="ConvergenceDelta">By how much the sum misses the difference of the scores; null while it is not all there.</param>
/// <param name="Pointing">Whether the patch that adds most shows what decides, where that is known.</param>
internal sealed record ExplanationMap(
    string Answer, double Probability, string Predicted, int Width, int Height, string Pixels, IReadOnlyList<string> Tokens,
    IReadOnlyList<float> Words, double Picture, double Text, double TextShare, int? StepsDone, int? Steps, double? ConvergenceDelta, bool? Pointing)
{
    /// <summary>Makes it of an explanation of which some steps, or all, are done.</summary>
    public static ExplanationMap Of(VqaExplanation explanation, int? steps, DecidingPixels? deciding)
    {
        float[] pixels = [.. explanation.Pixels.Cast<double>().Select(value => (float)value)];
        double picture = explanation.ImageContribution, text = explanation.TextContribution;
        return new(
            explanation.Target, explanation.Probability, explanation.Predicted, explanation.Picture.Width, explanation.Picture.Height,
            Convert.ToBase64String(MemoryMarshal.AsBytes(pixels.AsSpan())), explanation.Tokens, explanation.Words, picture, text,
            new InputShares([text, picture]).Shares[0], explanation.Steps, steps,
            explanation.Steps == steps ? explanation.ConvergenceDelta : null,
            deciding is null ? null : deciding.Judge(explanation.Pixels).Pointing == 1);
    }
}
