using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Processing.Augmentation;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

/// <summary>Fine-tuning as ViLT's authors do it, beside PyTorch (tests/goldens/recipe/make.py).</summary>
public sealed class RecipeTests : IDisposable
{
    private const double Precision = 1e-4;
    private readonly TinyRun run = new();
    private readonly TrainingOptions options = new()
    {
        LearningRate = 1e-3,
        HeadLearningRateFactor = 10,
        WarmupShare = 0.34, // two of six steps
        Decay = LearningRateDecay.Linear,
        Beta2 = 0.98,
        DecayBiasesAndNorms = false,
        WeightDecay = 0.5, // so large that it is seen
        Steps = 6,
        Seed = 4,
        BatchSize = 4,
        Device = CPU,
    };

    public void Dispose() => run.Dispose();

    [Fact]
    public void Six_steps_are_those_of_pytorch_with_the_same_groups_and_schedule()
    {
        Assert.SkipUnless(
            Path.GetDirectoryName(Goldens.PathOf("recipe")) == Path.GetDirectoryName(Goldens.PathOf("training")),
            "recipe/make.py starts from the checkpoint and batches of training, so both must be of one folder.");
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var optimizer = new AdamW(model, new(10, options.Beta2, options.WeightDecay, options.DecayBiasesAndNorms));
        var schedule = new LearningRateSchedule(options.LearningRate, 2, options.Decay, 6);
        var losses = Goldens.Json("recipe", "losses.json").AsArray();
        for (var step = 0; step < 6; step++)
        {
            var loss = model.forward(TinyRun.Batch(step % 2)).Loss!;
            Assert.Equal((double)losses[step]!, loss.item<float>(), tolerance: Precision * (double)losses[step]!);
            loss.backward();
            optimizer.BeginStep(schedule.At(step));
            optimizer.MoveWeights();
        }

        using var after = Safetensors.Open(Goldens.PathOf("recipe", "after.safetensors"));
        foreach (var (name, weight) in model.named_parameters().Where(weight => !weight.name.EndsWith("key.bias", StringComparison.Ordinal)))
        {
            var expected = after.Read(name);
            var off = (weight - expected).abs().max().ToDouble() / expected.abs().max().ToDouble();
            Assert.True(off <= Precision, $"{name} is off by {off:g3} of its largest magnitude.");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_run_by_the_whole_recipe_goes_on_as_if_never_interrupted(int stepsBefore)
    {
        var whole = options with { BatchSize = 4, PieceSize = 2, BySize = true, Augmentation = new RandAugment(), AverageDecay = 0.9, MaxGradientNorm = 5 };
        var unbroken = Whole(whole);
        var kept = whole with { CheckpointFolder = run.CheckpointFolder };
        using (var first = TinyRun.Model(dropout: 0.1))
        using (var trainer = new Trainer(first, kept))
        {
            using var stop = new CancellationTokenSource();
            var progress = new Listener<TrainingProgress>(state => { if (state.Step == stepsBefore) { stop.Cancel(); } });
            Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(run.Dataset, progress, stop.Token));
        }

        Assert.Equal(unbroken, Whole(kept));
    }

    [Fact]
    public void Averages_stand_in_for_the_weights_for_a_while()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { LearningRate = 1e-2, AverageDecay = 0.75, Device = CPU });
        var weight = model.get_parameter("classifier.3.weight")!;
        var average = weight.detach().clone();
        for (var step = 0; step < 3; step++)
        {
            trainer.Step(TinyRun.Batch(0));
            average = lerp(average, weight.detach(), tensor(0.25f));
        }

        var last = weight.detach().clone();
        using (trainer.WithAverages())
        {
            Assert.True(weight.allclose(average, rtol: 1e-5, atol: 1e-6));
        }

        Assert.True(weight.equal(last).all().item<bool>());
    }

    // Losses, and the averages of all weights as bytes.
    private (string Losses, string Weights) Whole(TrainingOptions with)
    {
        using var model = TinyRun.Model(dropout: 0.1);
        using var trainer = new Trainer(model, with);
        var losses = string.Join(' ', trainer.Train(run.Dataset, null, TinyRun.Token).Losses);
        using var averages = trainer.WithAverages();
        return (losses, string.Join(' ', model.parameters().Select(weight => Convert.ToHexString(weight.bytes))));
    }
}
