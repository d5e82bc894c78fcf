using System.Text.Json.Nodes;
using TorchSharp;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

public class ViltCheckpointTests
{
    private const string Weights = "model.safetensors";

    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    /// <summary>Folders whose <c>loading.json</c> says what the reference reports on loading a body under a new head.</summary>
    public static TheoryData<string> Bodies => [.. Directory.GetDirectories(Goldens.PathOf("model"))
        .Where(folder => File.Exists(Path.Combine(folder, "loading.json"))).Select(folder => Path.GetFileName(folder)).Order()];

    [Theory, MemberData(nameof(Cases))]
    public void Loads_every_parameter_and_gives_the_references_logits(string name)
    {
        using var scope = NewDisposeScope();
        var (model, report) = ViltCheckpoint.From(Golden.Checkpoint(name)).QuestionAnswering();
        using var owned = model;
        Assert.True(report.IsComplete, report.ToString());
        Assert.False(model.training);
        AssertGoldenLogits(model, name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_is_saved_loads_again(string name)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var golden = ViltCheckpoint.From(Golden.Checkpoint(name));
        var processor = golden.Processor();
        using (var model = golden.QuestionAnswering().Model)
        {
            ViltCheckpoint.Save(folder["new/saved"], model, processor);
        }

        var saved = ViltCheckpoint.From(folder["new/saved"]);
        var (again, report) = saved.QuestionAnswering();
        using (again)
        {
            AssertGoldenLogits(again, name);
        }

        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal(JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.Checkpoint(name), "config.json")))!["architectures"]!.ToJsonString(),
            $"[\"{Assert.Single(saved.Config.Architectures)}\"]");
        Assert.Equal(processor.Tokenizer.VocabularySize, saved.Processor().Tokenizer.VocabularySize);
        Assert.DoesNotContain(Directory.GetFiles(folder["new/saved"]), file => file.EndsWith(".part", StringComparison.Ordinal));
    }

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
    public void The_hash_tells_checkpoints_apart_by_content_and_not_by_place()
    {
        using var folder = new TemporaryFolder();
        var golden = Golden.Checkpoint("tiny");
        foreach (var file in Directory.GetFiles(golden))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        List<string> hashes = [Hash()];
        Assert.Equal(ViltCheckpoint.From(golden).ContentHash(), hashes[0]);
        File.WriteAllText(folder["README.md"], "of no weight");
        Assert.Equal(hashes[0], Hash());
        foreach (var (file, change) in ((string, Action<byte[]>)[])[(Weights, bytes => bytes[^1] ^= 1), ("vocab.txt", bytes => bytes[^2] ^= 1)])
        {
            var bytes = File.ReadAllBytes(folder[file]);
            change(bytes);
            File.WriteAllBytes(folder[file], bytes);
            hashes.Add(Hash());
        }

        File.WriteAllText(folder["added_tokens.json"], "{}");
        hashes.Add(Hash());
        Assert.Distinct(hashes);

        string Hash() => ViltCheckpoint.From(folder.Path).ContentHash();
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
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Golden.Checkpoint("tiny")))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        var bytes = File.ReadAllBytes(folder[Weights]); // one dtype's name, in the header
        var at = bytes.AsSpan().IndexOf("F32"u8);
        "F99"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(folder[Weights], bytes);
        Assert.Contains("has the dtype F99", Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).QuestionAnswering()).Message);
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_model_is_refused()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Golden.Checkpoint("tiny")))
        {
            File.Copy(file, folder[Path.GetFileName(file)]);
        }

        File.Delete(folder["tokenizer.json"]); // it would be the first to disagree
        var count = ViltCheckpoint.From(folder.Path).Config.VocabSize;
        File.AppendAllLines(folder["vocab.txt"], Enumerable.Range(0, count).Select(number => $"more{number}"));
        Assert.Contains("vocab_size", Assert.Throws<InvalidDataException>(() => ViltCheckpoint.From(folder.Path).Processor()).Message);
    }

    [Theory, MemberData(nameof(Bodies))]
    public void A_body_under_a_new_head_is_reported_as_the_reference_does(string name)
    {
        var golden = Goldens.Json("model", name, "loading.json");
        var checkpoint = ViltCheckpoint.From(Golden.Checkpoint(name));
        var (model, report) = checkpoint.QuestionAnswering(Strings(golden["labels"]));
        using (model)
        {
            Assert.Equal(Strings(golden["labels"]), model.Config.Answers);
        }

        Assert.Equal(Strings(golden["missing_keys"]), report.NewlyInitialized);
        Assert.Equal(Strings(golden["unexpected_keys"]), report.Unused);
        Assert.Equal(golden["mismatched_keys"]!.AsArray().Count, report.Mismatched.Count);
        Assert.All(report.NewlyInitialized.Concat(report.Unused), key => Assert.Contains(key, report.ToString()));
    }

    [Theory, MemberData(nameof(Bodies))]
    public void A_masked_language_model_has_the_checkpoints_names_and_saves_again(string name)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var checkpoint = ViltCheckpoint.From(Golden.Checkpoint(name));
        var (model, report) = checkpoint.MaskedLM();
        using var owned = model;
        Assert.True(report.IsComplete, report.ToString());
        ViltCheckpoint.Save(folder.Path, model, checkpoint.Processor());
        Assert.Equal(File.ReadAllBytes(Path.Combine(Golden.Checkpoint(name), Weights)), File.ReadAllBytes(folder[Weights]));
    }

    [Theory, MemberData(nameof(Bodies))]
    public void The_same_seed_gives_the_same_new_head(string name)
    {
        using var scope = NewDisposeScope();
        var checkpoint = ViltCheckpoint.From(Golden.Checkpoint(name));
        using ViltForQuestionAnswering one = checkpoint.QuestionAnswering(["yes", "no"], seed: 3).Model, same = checkpoint.QuestionAnswering(["yes", "no"], seed: 3).Model,
            other = checkpoint.QuestionAnswering(["yes", "no"], seed: 4).Model;
        const string head = "classifier.3.weight";
        Assert.True(one.state_dict()[head].Equals(same.state_dict()[head]));
        Assert.False(one.state_dict()[head].Equals(other.state_dict()[head]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Other_answers_replace_the_last_layer_of_the_head(string name)
    {
        var checkpoint = ViltCheckpoint.From(Golden.Checkpoint(name));
        string[] answers = [.. checkpoint.Config.Answers, "one more"];
        var (model, report) = checkpoint.QuestionAnswering(answers);
        using (model)
        {
            Assert.All(model.parameters(), parameter => Assert.False(parameter.isnan().any().item<bool>()));
        }

        Assert.Equal(["classifier.3.bias", "classifier.3.weight"], report.Mismatched.Select(item => item.Name).Order(StringComparer.Ordinal));
        Assert.All(report.Mismatched, item => Assert.Equal(answers.Length, item.InModel[0]));
        Assert.Empty(report.NewlyInitialized);
    }

    [Theory, MemberData(nameof(Bodies))]
    public void A_body_saved_alone_loads_without_its_prefix(string name)
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name), except: Weights);
        using var scope = NewDisposeScope();
        var body = Golden.Tensors("model", name, "checkpoint", Weights)
            .Where(pair => pair.Key.StartsWith("vilt.", StringComparison.Ordinal)).ToDictionary(pair => pair.Key["vilt.".Length..], pair => pair.Value);
        Safetensors.Write(folder[Weights], body);
        var (model, report) = ViltCheckpoint.From(folder.Path).QuestionAnswering();
        using var owned = model;
        Assert.All(report.NewlyInitialized, key => Assert.StartsWith("classifier.", key));
        Assert.Empty(report.Unused);
        Assert.All(body, pair => Assert.True(model.state_dict()["vilt." + pair.Key].Equals(pair.Value), pair.Key));
    }

    [Theory, MemberData(nameof(Bodies))]
    public void What_older_versions_saved_besides_the_parameters_is_not_reported(string name)
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name), except: Weights);
        using var scope = NewDisposeScope();
        var tensors = Golden.Tensors("model", name, "checkpoint", Weights);
        tensors["vilt.embeddings.text_embeddings.position_ids"] = arange(3).unsqueeze(0);
        tensors["mlm_score.decoder.bias"] = tensors["mlm_score.bias"].clone();
        Safetensors.Write(folder[Weights], tensors);
        var (model, report) = ViltCheckpoint.From(folder.Path).MaskedLM();
        using (model)
        {
            Assert.True(report.IsComplete, report.ToString());
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Half_precision_weights_are_read_as_single(string name)
    {
        using var folder = TemporaryFolder.CopyOf(Golden.Checkpoint(name), except: Weights);
        using var scope = NewDisposeScope();
        var halves = Golden.Tensors("model", name, "checkpoint", Weights).ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float16));
        Safetensors.Write(folder[Weights], halves);
        using var model = ViltCheckpoint.From(folder.Path).QuestionAnswering().Model;
        Assert.All(model.state_dict(), pair => Assert.True(pair.Value.Equals(halves[pair.Key].to(ScalarType.Float32)), pair.Key));
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

    private static void AssertGoldenLogits(ViltForQuestionAnswering model, string name)
    {
        using var noGrad = no_grad();
        Dictionary<string, Tensor> inputs = Golden.Tensors("model", name, "inputs.safetensors"), expected = Golden.Tensors("model", name, "outputs.safetensors");
        var batch = new ViltBatch(inputs["input_ids"], inputs["attention_mask"], inputs["token_type_ids"], inputs["pixel_values"], inputs["pixel_mask"], inputs["labels"]);
        using var output = model.forward(batch);
        Golden.AssertClose(expected["logits"], output.Logits, "logits");
        Golden.AssertClose(expected["loss"], output.Loss!, "loss");
    }

    private static string[] Strings(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<string>())];
}
