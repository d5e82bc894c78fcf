using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Tests.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

public class TrainerTests
{
    private const double Precision = 1e-4;

    [Fact]
    public void Steps_give_the_losses_and_weights_of_the_reference()
    {
        var run = Goldens.Json("training", "losses.json");
        var batches = Directory.GetFiles(Goldens.PathOf("training"), "batch*.safetensors").Length;
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { LearningRate = (double)run["learning_rate"]!, Device = CPU });
        float[] losses = [.. run["losses"]!.AsArray().Select(loss => (float)loss!)];
        for (var step = 0; step < losses.Length; step++)
        {
            var loss = trainer.Step(TinyRun.Batch(step % batches));
            Assert.True(Math.Abs(loss - losses[step]) <= Precision * losses[step], $"step {step}: expected {losses[step]}, got {loss}");
        }

        using var after = Safetensors.Open(Goldens.PathOf("training", "after.safetensors"));
        foreach (var (name, weight) in model.named_parameters())
        {
            // Their gradients are rounding noise around zero, which AdamW blows up to whole steps.
            if (name.EndsWith("attention.attention.key.bias", StringComparison.Ordinal))
            {
                continue;
            }

            var expected = after.Read(name);
            var off = (weight - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
            Assert.True(off <= Precision, $"{name} is off by {off:g3} of its largest magnitude.");
        }
    }

    [Fact]
    public void Step_leaves_the_batch_and_the_models_mode_as_they_were()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        model.eval();
        using var trainer = new Trainer(model, new TrainingOptions { Device = CPU });
        var batch = TinyRun.Batch(0);
        trainer.Step(batch);
        Assert.False(model.training);
        Assert.All(batch.Fields, field => Assert.False(field.Value.IsInvalid));
    }

    [Fact]
    public void Head_learns_by_its_factor_faster_and_the_body_as_without()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, double> alone = Moves(factor: 1), faster = Moves(factor: 10);
        Assert.All(alone, move => Assert.Equal(
            move.Key.StartsWith("classifier.", StringComparison.Ordinal) ? 10 : 1, faster[move.Key] / move.Value, tolerance: 0.01));
    }

    /// <summary>How far each weight goes in a step, but for those whose gradient is rounding noise.</summary>
    private static Dictionary<string, double> Moves(double factor)
    {
        using var model = TinyRun.Model();
        var before = model.named_parameters().ToDictionary(weight => weight.name, weight => weight.parameter.detach().clone());
        using var trainer = new Trainer(model, new TrainingOptions { LearningRate = 1e-3, HeadLearningRateFactor = factor, Device = CPU });
        trainer.Step(TinyRun.Batch(0));
        return model.named_parameters().Where(weight => !weight.name.EndsWith("key.bias", StringComparison.Ordinal))
            .ToDictionary(weight => weight.name, weight => (weight.parameter - before[weight.name]).abs().max().ToDouble());
    }

    [Fact]
    public void Moments_outlive_a_dispose_scope_around_the_constructor()
    {
        using var model = TinyRun.Model();
        Trainer trainer;
        using (NewDisposeScope())
        {
            trainer = new(model, new TrainingOptions { Device = CPU });
        }

        using var scope = NewDisposeScope();
        using (trainer)
        {
            Assert.True(float.IsFinite(trainer.Step(TinyRun.Batch(0))));
        }
    }

    [Fact]
    public void Many_steps_leave_as_many_live_tensors_as_one()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { Device = CPU });
        var batch = TinyRun.Batch(0);
        trainer.Step(batch);
        var live = LiveTensors.CountAfterCollection();
        for (var step = 0; step < 20; step++)
        {
            trainer.Step(batch);
        }

        Assert.Equal(live, LiveTensors.Count);
    }

    [Fact]
    public void Training_lowers_the_loss_and_leaves_no_tensor_behind()
    {
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        model.eval();
        List<TrainingProgress> heard = [];
        List<int> epochs = [];
        void EndEpoch(int epoch) => epochs.Add(epoch * 3 == heard.Count ? epoch : 0);
        using var trainer = new Trainer(
            model, new TrainingOptions { LearningRate = 2e-3, Epochs = 6, BatchSize = 3, Device = CPU, EpochEnded = EndEpoch });
        var live = LiveTensors.CountAfterCollection();
        var history = trainer.Train(run.Dataset, new Listener<TrainingProgress>(heard.Add), TinyRun.Token);
        Assert.Equal(live, LiveTensors.Count);
        Assert.False(model.training);
        Assert.Equal(6, history.EpochLosses.Count);
        Assert.True(history.EpochLosses[^1] < history.EpochLosses[0]);
        Assert.Equal(history.Losses, heard.Select(progress => progress.Loss));
        Assert.Equal(Enumerable.Range(1, 18), heard.Select(progress => progress.Step));
        Assert.All(heard, at => Assert.Equal((18, 6, (at.Step - 1) / 3 + 1), (at.Steps, at.Epochs, at.Epoch)));
        Assert.Equal(TimeSpan.Zero, heard[^1].TimeLeft);
        Assert.Equal([1, 2, 3, 4, 5, 6], epochs);
        Assert.Equal(history.Losses, trainer.Losses);
    }

    [Fact]
    public void Same_seed_gives_the_same_losses_and_another_seed_others()
    {
        using var run = new TinyRun();
        var losses = Losses(run, new TrainingOptions { Epochs = 2, Seed = 3 });
        Assert.Equal(losses, Losses(run, new TrainingOptions { Epochs = 2, Seed = 3 }));
        Assert.NotEqual(losses, Losses(run, new TrainingOptions { Epochs = 2, Seed = 4 }));
    }

    [Fact]
    public void Progress_is_one_clear_line() => Assert.Equal("epoch 2/25 · step 51/625 · loss 4.1234 · 2.31 steps/s · 30:04:08 left",
        new TrainingProgress(2, 25, 51, 625, 4.12341f, 2.31, new TimeSpan(30, 4, 8)).ToString());

    private static IReadOnlyList<float> Losses(TinyRun run, TrainingOptions options)
    {
        using var model = TinyRun.Model(dropout: 0.1);
        using var trainer = new Trainer(model, options with { Device = CPU });
        return trainer.Train(run.Dataset, null, TinyRun.Token).Losses;
    }
}
