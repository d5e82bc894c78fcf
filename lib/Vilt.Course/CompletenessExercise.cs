using System.Diagnostics;
using System.Runtime.CompilerServices;
using Vilt.Attribution;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Course;

/// <summary>Notebook 5: what all attributions together should come to, F(input) − F(baseline).</summary>
[StackTraceHidden]
public static class CompletenessExercise
{
    private const double Tolerance = 1e-3;

    /// <summary>Checks the number.</summary>
    /// <param name="difference">The number.</param>
    /// <param name="m">The wrapped model.</param>
    /// <param name="batch">The input, a batch of one.</param>
    /// <param name="textBaseline">(1, L)</param>
    /// <param name="imageBaseline">(1, 3, H, W)</param>
    /// <param name="target">The answer whose score is explained.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(
        object? difference, ModelInputWrapper m, ViltBatch batch, Tensor textBaseline, Tensor imageBaseline, int target,
        [CallerArgumentExpression(nameof(difference))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(m);
        ArgumentNullException.ThrowIfNull(batch);
        var given = Answer.Of<double>(difference is float single ? (double)single : difference, name, "a number, of type double");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var atInput = m.Forward(batch.InputIds, batch.PixelValues, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds);
        var atBaseline = m.Forward(textBaseline, imageBaseline, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds);
        if (Wrong(given, Scores(atInput), Scores(atBaseline), target) is { } look)
        {
            throw new ExerciseException($"{name} is {given:0.####}.", look);
        }

        return "Right: the attributions share out exactly this, the score of the input less that of the baseline.";
    }

    private static string[]? Wrong(double given, float[] input, float[] baseline, int target)
    {
        double Score(int answer) => input[answer] - baseline[answer];
        bool Is(double value) => Math.Abs(given - value) < Tolerance * Math.Max(1, Math.Abs(value));
        return Is(Score(target)) ? null
            : Is(-Score(target)) ? ["Its sign is the wrong one: which of the two is less which?"]
            : Is(input[target]) ? ["That is the input's score alone. What does the baseline score?"]
            : Is(baseline[target]) ? ["That is the baseline's score alone. What does the input score?"]
            : Is(Probability(input[target]) - Probability(baseline[target])) ?
                ["That is of probabilities. Attributions explain the logit: look for a sigmoid."]
            : Enumerable.Range(0, input.Length).Any(answer => Is(Score(answer))) ? ["That is the score of another answer: look at the index."]
            : ["Look at both forward passes: which five inputs does m take, and which two of", "them does the baseline replace?"];
    }

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private static float[] Scores(Tensor logits) => logits[0].cpu().data<float>().ToArray();
}
