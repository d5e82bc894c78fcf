using System.Text.Json.Nodes;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

public sealed class ResumptionTests : IDisposable
{
    private const double Dropout = 0.1;
    private readonly TinyRun run = new();
    private readonly TrainingOptions options = new() { LearningRate = 1e-3, Epochs = 4, BatchSize = 3, Seed = 9, Device = CPU };

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(1)] // in the first epoch
    [InlineData(5)] // in the second
    [InlineData(6)] // between two
    public void Run_goes_on_from_its_checkpoint_as_if_never_interrupted(int stepsBefore)
    {
        var unbroken = Whole(options);
        var kept = options with { CheckpointFolder = run.CheckpointFolder };
        using (var first = TinyRun.Model(Dropout))
        {
            Cancel(first, kept, stepsBefore);
        }
        // Weights spoilt when the training was prepared already: all must come from the checkpoint.
        AssertSame(unbroken, Whole(kept, model => { using (no_grad()) { model.parameters().First().add_(1); } }));
    }

    [Fact]
    public void Cancelled_trainer_goes_on_when_asked_to_train_again()
    {
        using var model = TinyRun.Model(Dropout);
        model.eval();
        using var trainer = new Trainer(model, options);
        Cancel(trainer, 5);
        Assert.False(model.training);
        Assert.Equal(Whole(options).Losses, trainer.Train(run.Dataset, null, TinyRun.Token).Losses);
    }

    [Fact]
    public void Regular_checkpoint_suffices_where_the_process_died()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, CheckpointEvery = 2 };
        using (var first = TinyRun.Model(Dropout))
        using (var trainer = new Trainer(first, kept))
        {
            var dying = new Listener<TrainingProgress>(progress => { if (progress.Step == 5) { throw new TimeoutException(); } });
            Assert.Throws<TimeoutException>(() => trainer.Train(run.Dataset, dying, TinyRun.Token));
            Assert.All(first.parameters(), parameter => Assert.Null(parameter.grad));
        }

        Directory.CreateDirectory(Path.Combine(run.CheckpointFolder, "step-00000005.part")); // and left a half-written one
        Assert.Equal(["step-00000004", "step-00000005.part"], Kept());
        AssertSame(Whole(options), Whole(kept));
        Assert.Equal(["step-00000012"], Kept());
    }

    [Fact]
    public void Finished_run_is_only_read_and_can_be_made_longer()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder };
        var half = Whole(kept with { Epochs = 2 });
        AssertSame(half, Whole(kept with { Epochs = 2 }));
        AssertSame(Whole(options), Whole(kept));
    }

    [Fact]
    public void Checkpoint_of_other_options_or_data_is_refused_by_name()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, Epochs = 1 };
        Whole(kept);
        Assert.Contains("Seed 9, but this one has 1", Refusal(kept with { Seed = 1 }));
        Assert.Contains("BatchSize 3, but this one has 2", Refusal(kept with { BatchSize = 2 }));
        Assert.Contains("LearningRate 0.001, but this one has 0.1", Refusal(kept with { LearningRate = 0.1 }));
        Assert.Contains("WarmupSteps 0, but this one has 2", Refusal(kept with { WarmupSteps = 2 }));
        Assert.Contains("steps of the decay none, but this one has 3", Refusal(kept with { Decay = LearningRateDecay.Cosine }));
        Assert.Contains("MaxGradientNorm none, but this one has 1", Refusal(kept with { MaxGradientNorm = 1 }));
        using var other = new TinyRun(examples: 5);
        using var model = TinyRun.Model(Dropout);
        using var trainer = new Trainer(model, kept);
        Exception problem = Assert.Throws<InvalidDataException>(() => trainer.Train(other.Dataset, null, TinyRun.Token));
        Assert.Contains("number of examples 7, but this one has 5", problem.Message);
    }

    [Fact]
    public void A_run_made_from_another_body_or_other_data_is_refused_by_content()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, Epochs = 1 };
        var whole = Whole(kept);
        using (var other = TinyRun.Model(Dropout))
        using (no_grad())
        {
            other.named_parameters().Last(weight => weight.name.StartsWith("vilt.", StringComparison.Ordinal)).parameter.view(-1)[0].add_(1);
            using var trainer = new Trainer(other, kept);
            var problem = Assert.Throws<InvalidDataException>(() => trainer.Train(run.Dataset, null, TinyRun.Token));
            Assert.Contains("hash of the weights it began from", problem.Message);
        }

        Assert.Contains("but this one has another", Refusal(kept with { Origin = "another" }));
        using (var same = TinyRun.Model(Dropout))
        using (var trainer = new Trainer(same, kept))
        {
            var examples = run.Dataset.Examples.ToArray();
            examples[3] = examples[3] with { Question = examples[3].Question with { Question = "and now" } };
            var changed = new VqaDataset(examples, run.Dataset.Processor, run.Dataset.Vocabulary);
            var problem = Assert.Throws<InvalidDataException>(() => trainer.Train(changed, null, TinyRun.Token));
            Assert.Contains("hash of the examples", problem.Message);
        }

        AssertSame(whole, Whole(kept));
    }

    [Fact]
    public void A_state_of_before_runs_knew_what_they_were_made_from_is_taken_up()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, Epochs = 1 };
        var whole = Whole(kept);
        var path = Path.Combine(run.CheckpointFolder, Kept().Single(), "training.json");
        var state = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        Assert.True(state.Remove("origin") && state.Remove("data"));
        File.WriteAllText(path, state.ToJsonString());
        AssertSame(whole, Whole(kept));
    }

    [Theory]
    [InlineData("training.json", "", "training.json")]
    [InlineData("training.json", "{}", "missing required properties")]
    [InlineData("training.json", null, "training.json")]
    [InlineData("model.safetensors", "x", "model.safetensors")]
    [InlineData("optimizer.safetensors", null, "optimizer.safetensors")]
    public void Damaged_checkpoint_is_refused_by_name_and_changes_nothing(string file, string? content, string expected)
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, Epochs = 1 };
        Whole(kept);
        var path = Path.Combine(run.CheckpointFolder, Kept().Single(), file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        using var model = TinyRun.Model(Dropout);
        var before = Bytes(model);
        using var trainer = new Trainer(model, kept);
        var problem = Record.Exception(() => trainer.Train(run.Dataset, null, TinyRun.Token));
        Assert.True(problem is InvalidDataException or FileNotFoundException, $"{problem}");
        Assert.Contains(expected, problem.Message);
        Assert.Equal(before, Bytes(model));
    }

    [Fact]
    public void State_whose_losses_are_not_its_steps_is_refused()
    {
        var kept = options with { CheckpointFolder = run.CheckpointFolder, Epochs = 1 };
        Whole(kept);
        var path = Path.Combine(run.CheckpointFolder, Kept().Single(), "training.json");
        var state = JsonNode.Parse(File.ReadAllText(path))!;
        state["step"] = 2;
        File.WriteAllText(path, state.ToJsonString());
        Assert.Contains("losses: expected one for each of 2 steps, found 3", Refusal(kept));
    }

    private Outcome Whole(TrainingOptions options, Action<ViltForQuestionAnswering>? prepare = null)
    {
        using var model = TinyRun.Model(Dropout);
        using var trainer = new Trainer(model, options);
        prepare?.Invoke(model);
        var losses = trainer.Train(run.Dataset, null, TinyRun.Token).Losses;
        return new Outcome(losses, Bytes(model));
    }

    private static void AssertSame(Outcome expected, Outcome actual)
    {
        Assert.Equal(expected.Losses, actual.Losses);
        Assert.Equal(expected.Weights, actual.Weights);
    }

    private void Cancel(ViltForQuestionAnswering model, TrainingOptions options, int afterSteps)
    {
        using var trainer = new Trainer(model, options);
        Cancel(trainer, afterSteps);
    }

    private void Cancel(Trainer trainer, int afterSteps)
    {
        using var source = new CancellationTokenSource();
        var stop = new Listener<TrainingProgress>(progress => { if (progress.Step == afterSteps) { source.Cancel(); } });
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Train(run.Dataset, stop, source.Token));
    }

    private string Refusal(TrainingOptions options) => Assert.Throws<InvalidDataException>(() => Whole(options)).Message;

    private string[] Kept() => [.. Directory.GetDirectories(run.CheckpointFolder).Select(folder => Path.GetFileName(folder)).Order()];

    private static byte[] Bytes(ViltForQuestionAnswering model) =>
        [.. model.named_parameters().SelectMany(named => named.parameter.bytes.ToArray())];

    private sealed record Outcome(IReadOnlyList<float> Losses, byte[] Weights);
}
