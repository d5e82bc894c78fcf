using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

/// <summary>What ends a training run, or keeps it from starting.</summary>
public class TrainerRefusalTests
{
    [Fact]
    public void Not_finite_loss_is_refused_with_step_rate_and_cure_and_changes_no_weight()
    {
        using var scope = NewDisposeScope();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { Device = CPU });
        var batch = TinyRun.Batch(0);
        batch.PixelValues[0, 0, 0, 0] = float.NaN;
        var before = model.parameters().First().clone();
        var message = Assert.Throws<NotFiniteNumberException>(() => trainer.Step(batch)).Message;
        Assert.Contains("NaN at step 1 with learning rate 5E-05", message);
        Assert.Contains("lower", message);
        Assert.True(before.equal(model.parameters().First()).all().ToBoolean());
        Assert.True(float.IsFinite(trainer.Step(TinyRun.Batch(0))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.0)]
    public void An_update_that_is_not_finite_after_a_finite_loss_ends_the_run_and_the_good_checkpoint_stays(double? maxNorm)
    {
        using var run = new TinyRun();
        var options = new TrainingOptions
        {
            Device = CPU,
            BatchSize = 3,
            Steps = 4,
            WarmupSteps = 2,
            LearningRate = 1e300, // 0 at the first step, half of it at the second
            MaxGradientNorm = maxNorm,
            CheckpointFolder = run.CheckpointFolder,
            CheckpointEvery = 1,
        };
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, options);
        var message = Assert.Throws<NotFiniteNumberException>(() => trainer.Train(run.Dataset, null, TinyRun.Token)).Message;
        Assert.Contains("at step 2 with learning rate 5E+299", message);
        Assert.Contains("was not kept", message);
        var kept = Assert.Single(Directory.GetDirectories(run.CheckpointFolder));
        Assert.EndsWith("step-00000001", kept);
        using var file = Safetensors.Open(Path.Combine(kept, "model.safetensors"));
        using var scope = NewDisposeScope();
        Assert.All(file.Names, name => Assert.True(FiniteValues.AreAll(file.Read(name)), name));
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_refused_and_changes_no_weight_where_gradients_are_clipped()
    {
        using var scope = NewDisposeScope();
        using var model = nn.Linear(2, 3);
        var options = new TrainingOptions { Device = CPU, MaxGradientNorm = 1 };
        // The root of 0 has no slope.
        using var run = new TrainingRun<ViltBatch>(model, new(), options, _ => model.weight.sub(model.weight).sqrt().sum());
        var before = model.weight.detach().clone();
        var message = Assert.Throws<NotFiniteNumberException>(() => run.Step(TinyRun.Batch(0))).Message;
        Assert.Contains("norm of the gradients is NaN at step 1", message);
        Assert.True(before.Equals(model.weight));
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Refuses_a_learning_rate_that_is_none(double rate) =>
        Assert.Contains(nameof(TrainingOptions.LearningRate), Refusal(new() { LearningRate = rate }));

    [Fact]
    public void Refuses_options_out_of_range()
    {
        Assert.Contains(nameof(TrainingOptions.Epochs), Refusal(new() { Epochs = 0 }));
        Assert.Contains(nameof(TrainingOptions.BatchSize), Refusal(new() { BatchSize = 0 }));
        Assert.Contains(nameof(TrainingOptions.CheckpointEvery), Refusal(new() { CheckpointEvery = 0 }));
    }

    [Fact]
    public void Refuses_data_that_cannot_be_trained_on()
    {
        using var scope = NewDisposeScope();
        using var run = new TinyRun();
        using var model = TinyRun.Model();
        using var trainer = new Trainer(model, new TrainingOptions { Device = CPU });
        var processor = run.Dataset.Processor;
        var vocabulary = run.Dataset.Vocabulary;
        var unanswered = run.Dataset.Examples[0] with { Annotation = null };
        Assert.Contains("no labels", Assert.Throws<ArgumentException>(() => trainer.Step(TinyRun.Batch(0) with { Labels = null })).Message);
        AssertRefused("empty", new([], processor, vocabulary));
        AssertRefused($"Question {unanswered.Question.QuestionId}", new([unanswered], processor, vocabulary));
        AssertRefused("vocabulary of 1 answers", new(run.Dataset.Examples, processor, new AnswerVocabulary(["yes"])));

        void AssertRefused(string expected, VqaDataset dataset) =>
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => trainer.Train(dataset, null, TinyRun.Token)).Message);
    }

    private static string Refusal(TrainingOptions options)
    {
        using var model = TinyRun.Model();
        return Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer(model, options)).Message;
    }

    [Fact]
    public void A_picture_that_cannot_be_read_ends_a_run_only_where_that_is_asked_for()
    {
        using var run = new TinyRun(examples: 3);
        File.Delete(run.Dataset.Examples[1].ImagePath);
        List<string> skipped = [];
        var options = new TrainingOptions() { Epochs = 2, BatchSize = 2, Device = CPU, SkipUnreadable = error => skipped.Add(error.Message) };
        using (var model = TinyRun.Model())
        using (var trainer = new Trainer(model, options))
        {
            Assert.Equal(4, trainer.Train(run.Dataset, null, TinyRun.Token).Losses.Count);
        }

        Assert.Equal(2, skipped.Count);
        Assert.All(skipped, message => Assert.Contains($"Question {run.Dataset.Examples[1].Question.QuestionId}", message));
        using var other = TinyRun.Model();
        using var strict = new Trainer(other, options with { SkipUnreadable = null });
        Assert.Throws<InvalidDataException>(() => strict.Train(run.Dataset, null, TinyRun.Token));
    }
}
