using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

/// <summary>A step's batch computed in pieces.</summary>
public sealed class AccumulationTests : IDisposable
{
    private readonly TinyRun run = new(examples: 256 + 40);
    private readonly TrainingOptions options = new() { LearningRate = 1e-3, Steps = 2, BatchSize = 256, Seed = 3, Device = CPU };

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)] // gradients are clipped together, when they are complete
    public void Four_pieces_of_64_give_the_step_of_256_at_once(double? clip)
    {
        using var scope = NewDisposeScope();
        using var whole = TinyRun.Model();
        using var pieces = TinyRun.Model();
        var losses = Train(whole, options with { MaxGradientNorm = clip });
        var same = Train(pieces, options with { MaxGradientNorm = clip, PieceSize = 64 }); // the second step has 40 examples
        Assert.Equal(losses, same, (a, b) => Math.Abs(a - b) <= 1e-4 * a);
        foreach (var (weight, twin) in whole.named_parameters().Zip(pieces.named_parameters()))
        {
            // AdamW blows rounding noise around zero up to whole steps.
            Assert.True(weight.name.EndsWith("key.bias", StringComparison.Ordinal) || weight.parameter.allclose(twin.parameter, rtol: 1e-3, atol: 1e-4), weight.name);
        }
    }

    [Fact]
    public void Pieces_that_do_not_fill_a_batch_are_refused()
    {
        using var model = TinyRun.Model();
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model, options with { PieceSize = 100 }));
    }

    private IReadOnlyList<float> Train(Vilt.Model.ViltForQuestionAnswering model, TrainingOptions with)
    {
        using var trainer = new Trainer(model, with);
        return trainer.Train(run.Dataset, null, TinyRun.Token).Losses;
    }
}
