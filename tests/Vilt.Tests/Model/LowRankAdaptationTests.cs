using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Tests.Training;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Model;

public class LowRankAdaptationTests
{
    [Fact]
    public void Learns_in_updates_and_head_alone_and_merged_it_answers_the_same()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        var before = model.state_dict().ToDictionary(weight => weight.Key, weight => weight.Value.detach().clone());
        var batch = TinyRun.Batch(0);
        var untouched = Logits(model, batch);
        LowRankAdaptation.AddTo(model, rank: 4, seed: 1);
        Assert.True(Logits(model, batch).allclose(untouched, rtol: 1e-4, atol: 1e-5));
        using (var trainer = new Trainer(model, new TrainingOptions { LearningRate = 1e-2, Device = CPU }))
        {
            for (var step = 0; step < 4; step++)
            {
                trainer.Step(batch);
            }
        }

        foreach (var (name, weight) in model.state_dict())
        {
            var learns = name.Contains("_update.", StringComparison.Ordinal) || name.StartsWith("classifier.", StringComparison.Ordinal);
            Assert.Equal(learns, !before.TryGetValue(name, out var old) || !old.equal(weight).all().item<bool>());
        }

        var adapted = Logits(model, batch);
        Assert.False(adapted.allclose(untouched, rtol: 1e-2));
        using var merged = LowRankAdaptation.Merged(model);
        Assert.Equal(before.Keys.Order(), merged.state_dict().Keys.Order());
        Assert.True(Logits(merged, batch).allclose(adapted, rtol: 1e-4, atol: 1e-5));
        Assert.True(Logits(model, batch).allclose(adapted));
        using var folder = new TemporaryFolder();
        ViltCheckpoint.Save(folder.Path, merged, ViltProcessor.Read(Goldens.PathOf("training", "checkpoint")));
        using var loaded = ViltCheckpoint.From(folder.Path).QuestionAnswering().Model;
        Assert.True(Logits(loaded, batch).allclose(adapted, rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void A_model_is_adapted_once()
    {
        using var model = TinyRun.Model();
        LowRankAdaptation.AddTo(model, rank: 2);
        Assert.Throws<InvalidOperationException>(() => LowRankAdaptation.AddTo(model, rank: 2));
    }

    private static Tensor Logits(ViltForQuestionAnswering model, ViltBatch batch)
    {
        using var noGradients = no_grad();
        model.eval();
        return model.forward(batch).Logits;
    }
}
