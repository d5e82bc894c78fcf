using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Processing;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

/// <summary>The trained checkpoints in <c>assets</c>: small, whole, the same in transformers, and right.</summary>
public class ShippedCheckpointsTests
{
    private const string Body = "vilt-zoo-mlm", Answering = "vilt-zoo-finetuned-vqa";
    private const long Most = 8_000_000; // bytes
    private static readonly string Assets = Path.Combine(Goldens.RepositoryFolder(), "assets");

    [Theory, InlineData(Body), InlineData(Answering)]
    public void Is_small_and_has_a_model_card(string name)
    {
        var files = new DirectoryInfo(Path.Combine(Assets, name)).GetFiles();
        Assert.InRange(files.Sum(file => file.Length), 1, Most);
        Assert.Contains("README.md", files.Select(file => file.Name));
    }

    [Fact]
    public void The_body_guesses_words_as_in_transformers()
    {
        using var scope = NewDisposeScope();
        var (model, report) = ViltCheckpoint.From(Path.Combine(Assets, Body)).MaskedLM();
        Assert.True(report.IsComplete, report.ToString());
        AssertSame(Body, "what color is the [MASK]", batch =>
            model.forward(batch.InputIds, batch.PixelValues, batch.AttentionMask, batch.PixelMask, batch.TokenTypeIds).Logits);
    }

    [Fact]
    public void The_model_answers_as_in_transformers()
    {
        using var scope = NewDisposeScope();
        var (model, report) = ViltCheckpoint.From(Path.Combine(Assets, Answering)).QuestionAnswering();
        Assert.True(report.IsComplete, report.ToString());
        AssertSame(Answering, "what color is the elephant", batch => model.forward(batch).Logits);
    }

    [Theory]
    [InlineData("elephant", "what is on the picture", "elephant")]
    [InlineData("elephant", "what color is the elephant", "gray")]
    [InlineData("elephant", "where is the elephant", "zoo")]
    [InlineData("siamese", "what is on the picture", "cat")]
    [InlineData("siamese", "what color are the cat's eyes", "blue")]
    [InlineData("siamese", "is the animal in the picture a cat or a fox", "cat")]
    [InlineData("siamese", "what color is the cat", "white and brown")]
    [InlineData("siamese", "how many ears does the cat have", "2")]
    [InlineData("zebra", "what is on the picture", "zebra")]
    [InlineData("zebra", "what color are the zebras", "black and white")]
    [InlineData("zebra", "how many zebras are on the picture", "2")]
    [InlineData("zebra", "where are the zebras", "zoo")]
    public void Answers_the_questions_of_the_series_rightly(string picture, string question, string target)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (model, _) = ViltCheckpoint.From(Path.Combine(Assets, Answering)).QuestionAnswering();
        model.eval();
        var logits = model.forward(Encode(Answering, picture, question)).Logits;
        Assert.Equal(target, model.Config.Answers[(int)logits.argmax(1).item<long>()]);
    }

    private static void AssertSame(string name, string question, Func<ViltBatch, Tensor> logitsOf)
    {
        using var noGrad = no_grad();
        var expected = Golden.Tensors("shipped", name + ".safetensors");
        var batch = Encode(name, "elephant", question);
        Assert.Equal(expected["input_ids"].data<long>().ToArray(), batch.InputIds.data<long>().ToArray());
        Golden.AssertClose(expected["pixel_values"], batch.PixelValues, "pixel_values");
        Golden.AssertClose(expected["logits"], logitsOf(batch), "logits");
    }

    private static ViltBatch Encode(string name, string picture, string question)
    {
        var processor = ViltProcessor.Read(Path.Combine(Assets, name));
        return Collator.Collate([processor.Encode(RgbImage.Read(Path.Combine(Assets, picture + ".png")), question)]);
    }
}
