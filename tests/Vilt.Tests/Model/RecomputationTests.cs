using TorchSharp;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class RecomputationTests
{
    private const long MostBytes = 1L << 29;

    // Eight rows of 256 patches and a wide feed-forward layer: more than what is kept for the backward pass.
    private static readonly ViltConfig Large = new()
    {
        VocabSize = 20,
        HiddenSize = 8,
        NumAttentionHeads = 2,
        IntermediateSize = 4096,
        NumHiddenLayers = 8,
        ImageSize = 32,
        PatchSize = 2,
        InitializerRange = 0.3,
    };

    [Fact]
    public void Large_batches_have_the_gradients_of_blocks_that_are_computed_once()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(Large, seed: 3);
        var batch = Batch(rows: 8);
        model.forward(batch).Loss!.backward();
        var expected = model.named_parameters().ToDictionary(named => named.name, named => named.parameter.grad!.clone());
        model.zero_grad();
        var calls = Backward(model, batch);
        Assert.Equal(1 + Large.NumHiddenLayers, calls); // head, and each block
        foreach (var (name, weight) in model.named_parameters())
        {
            // A softmax does not depend on a bias of all keys: its gradient is rounding noise.
            if (!name.EndsWith("attention.attention.key.bias", StringComparison.Ordinal))
            {
                Near(name, expected[name], weight.grad!);
            }
        }
    }

    [Fact]
    public void Low_rank_updates_have_the_gradients_of_blocks_that_are_computed_once()
    {
        using var scope = NewDisposeScope();
        using var model = new ViltForQuestionAnswering(Large, seed: 3);
        LowRankAdaptation.AddTo(model, rank: 2);
        var batch = Batch(rows: 8);
        model.forward(batch).Loss!.backward();
        var expected = model.named_parameters().Where(named => named.parameter.requires_grad).ToDictionary(named => named.name, named => named.parameter.grad!.clone());
        model.zero_grad();
        Backward(model, batch);
        Assert.All(expected, gradient => Near(gradient.Key, gradient.Value, model.get_parameter(gradient.Key)!.grad!));
    }

    [Fact]
    public void Small_batches_and_dropout_are_computed_once()
    {
        using var scope = NewDisposeScope();
        using var small = new ViltForQuestionAnswering(Large, seed: 3);
        using var dropping = new ViltForQuestionAnswering(Large with { HiddenDropoutProb = 0.1 }, seed: 3);
        Assert.Equal(0, Backward(small, Batch(rows: 1)));
        Assert.Equal(0, Backward(dropping, Batch(rows: 8)));
        Assert.All(small.parameters(), weight => Assert.NotNull(weight.grad));
    }

    [Fact]
    public void A_step_moves_the_weights_as_if_gradients_were_kept_and_leaves_nothing_behind()
    {
        using var scope = NewDisposeScope();
        using var early = new ViltForQuestionAnswering(Large, seed: 3);
        using var late = new ViltForQuestionAnswering(Large, seed: 3);
        using var atOnce = new Trainer(early, new TrainingOptions { Device = CPU, ActivationBytes = MostBytes });
        using var together = new Trainer(late, new TrainingOptions { Device = CPU, ActivationBytes = MostBytes, MaxGradientNorm = 1e9 }); // clips nothing, but waits for all
        var batch = Batch(rows: 8);
        Assert.Equal(together.Step(batch), atOnce.Step(batch));
        foreach (((var name, var moved), var expected) in early.named_parameters().Zip(late.parameters()))
        {
            Near(name, expected, moved);
        }

        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            atOnce.Step(batch);
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static int Backward(ViltForQuestionAnswering model, ViltBatch batch)
    {
        var calls = 0;
        using var recomputation = Recomputation.Begin(MostBytes);
        recomputation.Backward(model.forward(batch).Loss!, () => calls++);
        return calls;
    }

    private static ViltBatch Batch(int rows)
    {
        manual_seed(1).Dispose();
        return new(
            randint(1, 20, [rows, 4], int64), ones(rows, 4, int64), zeros(rows, 4, int64), rand(rows, 3, 32, 32) - 0.5f, ones(rows, 32, 32, int64),
            rand(rows, 2));
    }

    private static void Near(string name, Tensor expected, Tensor actual)
    {
        double off = (actual - expected).abs().max().ToDouble(), largest = expected.abs().max().ToDouble();
        Assert.True(off <= 1e-4 * largest, $"{name} is off by {off:g3}, its largest magnitude being {largest:g3}");
    }
}
