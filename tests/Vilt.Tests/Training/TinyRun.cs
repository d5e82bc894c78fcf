using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Tests.Data;
using static TorchSharp.torch;

namespace Vilt.Tests.Training;

/// <summary>The golden training checkpoint's model, and a few drawn pictures with questions to train it on.</summary>
internal sealed class TinyRun : IDisposable
{
    private static readonly string Checkpoint = Goldens.PathOf("training", "checkpoint");
    private readonly TemporaryFolder folder = new();

    public TinyRun(int examples = 7)
    {
        var random = new Random(5);
        var vocabulary = AnswerVocabulary.FromConfig(Checkpoint);
        VqaExample[] drawn = [.. Enumerable.Range(1, examples).Select(id => Example(id, random, vocabulary))];
        Dataset = new VqaDataset(drawn, ViltProcessor.Read(Checkpoint), vocabulary);
    }

    /// <summary>Ends the test's work with the test.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public VqaDataset Dataset { get; }

    public string CheckpointFolder => Path.Combine(folder.Path, "checkpoints");

    public static ViltForQuestionAnswering Model(double dropout = 0)
    {
        var model = new ViltForQuestionAnswering(ViltConfig.Read(Checkpoint) with { HiddenDropoutProb = dropout });
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var file = Safetensors.Open(Path.Combine(Checkpoint, "model.safetensors"));
        foreach (var (name, weight) in model.state_dict())
        {
            weight.copy_(file.Read(name));
        }

        return model;
    }

    /// <summary>A batch of the golden training run; the caller's dispose scope owns it.</summary>
    public static ViltBatch Batch(int number)
    {
        using var file = Safetensors.Open(Goldens.PathOf("training", $"batch{number}.safetensors"));
        return new ViltBatch(file.Read("input_ids"), file.Read("attention_mask"), file.Read("token_type_ids"),
            file.Read("pixel_values"), file.Read("pixel_mask"), file.Read("labels"));
    }

    public void Dispose() => folder.Dispose();

    private VqaExample Example(int id, Random random, AnswerVocabulary vocabulary)
    {
        var (width, height) = (random.Next(40, 90), random.Next(40, 90));
        var path = folder.Write($"{id:D12}.png", NoisePicture.Of(width, height, random).EncodePng());
        var answer = vocabulary[id % vocabulary.Count];
        VqaAnswer[] answers = [.. Enumerable.Range(1, 10).Select(i => new VqaAnswer(i, answer, "yes"))];
        return new VqaExample(
            new VqaQuestion(id, id, "what is on the picture"),
            new VqaAnnotation(id, id, id % 2 == 0 ? "what is" : "is the", id % 3 == 0 ? "other" : "number", answer, answers), path);
    }
}
