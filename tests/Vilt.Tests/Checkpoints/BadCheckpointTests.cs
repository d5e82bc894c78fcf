using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

/// <summary>What a checkpoint lacks, or holds wrongly, is one error that names it.</summary>
public class BadCheckpointTests
{
    private const string Weights = "model.safetensors";

    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_by_name(float value)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var golden = ViltCheckpoint.From(Golden.Checkpoint("tiny"));
        using (var model = golden.QuestionAnswering().Model)
        using (no_grad())
        {
            model.get_parameter("classifier.3.bias")![1] = value;
            ViltCheckpoint.Save(folder["broken"], model, golden.Processor());
        }

        var error = Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder["broken"]).QuestionAnswering());
        Assert.Contains(folder["broken"], error.Message);
        Assert.Contains("classifier.3.bias holds values that are not finite", error.Message);
    }

    [Fact]
    public void Large_weights_are_finite()
    {
        using var scope = NewDisposeScope();
        Assert.True(FiniteValues.AreAll(full(4, 3e38f)));
        Assert.True(FiniteValues.AreAll(full(4, -6e4f).to(ScalarType.Float16)));
        Assert.True(FiniteValues.AreAll(zeros(0)));
        Assert.False(FiniteValues.AreAll(tensor(new[] { float.PositiveInfinity, float.NegativeInfinity })));
        Assert.Contains("scores", Assert.Throws<InvalidDataException>(() => tensor(new[] { 1, float.NaN }).Finite("scores")).Message);
    }

    [Fact]
    public void A_weight_of_a_type_that_cannot_be_read_is_one_error()
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint("tiny"));
        var bytes = File.ReadAllBytes(folder[Weights]); // one dtype's name, in the header
        var at = bytes.AsSpan().IndexOf("F32"u8);
        "F99"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(folder[Weights], bytes);
        Assert.Contains("has the dtype F99", Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering()).Message);
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_model_is_refused()
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint("tiny"));
        File.Delete(folder["tokenizer.json"]); // it would be the first to disagree
        var count = ViltCheckpoint.From(folder.Path).Config.VocabSize;
        File.AppendAllLines(folder["vocab.txt"], Enumerable.Range(0, count).Select(number => $"more{number}"));
        Assert.Contains("vocab_size", Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).Processor()).Message);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Weights_that_do_not_fit_the_configuration_are_one_error_that_names_file_and_tensor(string name)
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name));
        var config = ViltConfig.Read(folder.Path);
        (config with { MaxPositionEmbeddings = config.MaxPositionEmbeddings + 1 }).Write(folder["config.json"]);
        foreach (var answers in new[] { null, new[] { "yes" } })
        {
            var message = Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering(answers)).Message;
            Assert.Contains(folder[Weights], message);
            Assert.Contains("vilt.embeddings.text_embeddings.position_embeddings.weight", message);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_failed_load_leaves_no_tensor_behind_and_neither_does_a_model_that_is_disposed(string name)
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name));
        var config = ViltConfig.Read(folder.Path);
        config = config with { MaxPositionEmbeddings = config.MaxPositionEmbeddings + 1 };
        config.Write(folder["config.json"]);
        Assert.Equal(0, Growth(() => new ViltForQuestionAnswering(config).Dispose()));
        Assert.Equal(0, Growth(() => Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering())));
    }

    /// <summary>Tensors that this thread made and did not dispose.</summary>
    private static long Growth(Action action)
    {
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        action();
        return DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Missing_and_foreign_weights_are_named(string name)
    {
        Assert.Contains("nowhere", Assert.Throws<DirectoryNotFoundException>(() => ViltCheckpoint.From("nowhere")).Message);
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name), except: [Weights, "pytorch_model.bin"]);
        var checkpoint = ViltCheckpoint.From(folder.Path);
        Assert.Contains(folder.Path, Assert.Throws<FileNotFoundException>(() => checkpoint.QuestionAnswering()).Message);
        File.WriteAllText(folder["pytorch_model.bin"], "");
        Assert.Contains("pytorch_model.bin", Assert.Throws<InvalidDataException>(() => checkpoint.QuestionAnswering()).Message);
        using (var other = ones(2))
        {
            Safetensors.Write(folder[Weights], new Dictionary<string, Tensor> { ["bert.weight"] = other });
        }

        Assert.Contains("none", Assert.Throws<InvalidDataException>(() => checkpoint.QuestionAnswering()).Message);
    }
}
