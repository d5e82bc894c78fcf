using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Course.Tests;

public sealed class CompletenessExerciseTests : IDisposable
{
    private const int Target = 1;

    private readonly SmallModel small = new();
    private readonly Tensor noText, noPicture;
    private readonly float[] input, baseline;

    public CompletenessExerciseTests()
    {
        (noText, noPicture) = (zeros_like(small.Batch.InputIds), zeros_like(small.Batch.PixelValues));
        input = Scores(small.Batch);
        baseline = Scores(small.Batch with { InputIds = noText, PixelValues = noPicture });
    }

    private float Right => input[Target] - baseline[Target];

    public void Dispose()
    {
        noText.Dispose();
        noPicture.Dispose();
        small.Dispose();
    }

    [Fact]
    public void The_difference_is_right_as_double_or_float()
    {
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.StartsWith("Right: ", Check((double)Right), StringComparison.Ordinal);
        Assert.StartsWith("Right: ", Check(Right), StringComparison.Ordinal);
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_wrong_answer_is_told()
    {
        Says(-Right, "Its sign is the wrong one");
        Says(input[Target], "That is the input's score alone.");
        Says(baseline[Target], "That is the baseline's score alone.");
        Says(Probability(input[Target]) - Probability(baseline[Target]), "That is of probabilities.");
        Says(input[0] - baseline[0], "That is the score of another answer");
        Says(1234, "Look at both forward passes");
        Assert.StartsWith("difference is of type String.", Unsolved.Message(() => Check("1.5")), StringComparison.Ordinal);
        Assert.StartsWith("Not done yet: difference has no value.", Unsolved.Message(() => Check(null)), StringComparison.Ordinal);
    }

    private static double Probability(double logit) => 1 / (1 + Math.Exp(-logit));

    private void Says(double wrong, string look) => Assert.Contains("\n" + look, Unsolved.Message(() => Check(wrong)), StringComparison.Ordinal);

    private string Check(object? difference) =>
        CompletenessExercise.Check(difference, small.Wrapped, small.Batch, noText, noPicture, Target);

    private float[] Scores(ViltBatch batch)
    {
        using var output = small.Model.forward(batch).Logits;
        return output.data<float>().ToArray();
    }
}
