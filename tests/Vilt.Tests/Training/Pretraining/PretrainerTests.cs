using Vilt.Model;
using Vilt.Processing;
using Vilt.Tests.Processing;
using Vilt.Training;
using Vilt.Training.Pretraining;
using static TorchSharp.torch;

namespace Vilt.Tests.Training.Pretraining;

public sealed class PretrainerTests : IDisposable
{
    private static readonly ViltConfig Config = ViltConfig.Read(Goldens.PathOf("model", "tiny", "checkpoint")) with { HiddenDropoutProb = 0, AttentionProbsDropoutProb = 0 };
    private static readonly PatchNames Grays = new(2, (id, rows, columns) => [.. Enumerable.Repeat(id % 2, rows * columns)]);

    private readonly VqaFolder folder = new();
    private readonly VqaDataset dataset;
    private readonly TemporaryFolder state = new();
    private readonly TrainingOptions options = new()
    {
        LearningRate = 3e-3,
        WarmupSteps = 2,
        Decay = LearningRateDecay.Cosine,
        MaxGradientNorm = 1,
        Epochs = 10,
        BatchSize = 4,
        Seed = 3,
        Device = CPU,
    };

    public PretrainerTests() => dataset = folder.Dataset(12);

    public void Dispose()
    {
        folder.Dispose();
        state.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Loss_falls_with_and_without_names_of_patches(bool named)
    {
        (var losses, _) = Whole(options, named ? Grays : null);
        Assert.True(losses.TakeLast(6).Average() < 0.7 * losses.Take(3).Average(), string.Join(" ", losses));
    }

    [Fact]
    public void Run_goes_on_as_if_never_interrupted()
    {
        var (losses, weights) = Whole(options, Grays);
        var kept = options with { CheckpointFolder = state.Path };
        using (var model = new ViltForMaskedLM(Config))
        using (var stopped = new Pretrainer(model, kept, Grays))
        using (var source = new CancellationTokenSource())
        {
            var stop = new Listener<TrainingProgress>(progress => { if (progress.Step == 7) { source.Cancel(); } });
            Assert.ThrowsAny<OperationCanceledException>(() => stopped.Train(dataset, stop, source.Token));
        }

        var (resumed, after) = Whole(kept, Grays);
        Assert.Equal(losses, resumed);
        Assert.Equal(weights, after);
    }

    [Fact]
    public void Leaves_no_tensor_behind_and_the_model_to_its_owner()
    {
        using var model = new ViltForMaskedLM(Config);
        using (var pretrainer = new Pretrainer(model, options with { Epochs = 1 }, Grays))
        {
            var before = LiveTensors.CountAfterCollection(); // making the heads leaves TorchSharp's own temporaries to the collector
            pretrainer.Train(dataset, null, TestContext.Current.CancellationToken);
            Assert.Equal(before, LiveTensors.Count);
        }

        Assert.All(model.parameters(), weight => Assert.False(weight.IsInvalid));
    }

    [Fact]
    public void A_picture_that_cannot_be_read_ends_a_run_only_where_that_is_asked_for()
    {
        File.Delete(dataset.Examples[1].ImagePath);
        List<string> skipped = [];
        var once = options with { Epochs = 1, SkipUnreadable = error => skipped.Add(error.Message) };
        using var model = new ViltForMaskedLM(Config);
        using (var pretrainer = new Pretrainer(model, once))
        {
            Assert.Equal(3, pretrainer.Train(dataset, null, TestContext.Current.CancellationToken).Losses.Count);
        }

        Assert.NotEmpty(skipped);
        Assert.All(skipped, message => Assert.Contains($"Question {dataset.Examples[1].Question.QuestionId}", message));
        using var strict = new Pretrainer(model, once with { SkipUnreadable = null });
        Assert.Throws<InvalidDataException>(() => strict.Train(dataset, null, TestContext.Current.CancellationToken));
    }

    private (IReadOnlyList<float> Losses, byte[] Weights) Whole(TrainingOptions options, PatchNames? names)
    {
        using var model = new ViltForMaskedLM(Config);
        using var pretrainer = new Pretrainer(model, options, names);
        var losses = pretrainer.Train(dataset, null, TestContext.Current.CancellationToken).Losses;
        return (losses, [.. model.parameters().SelectMany(weight => weight.bytes.ToArray())]);
    }
}
