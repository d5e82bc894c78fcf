using System.Text.Json.Nodes;
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

    public static TheoryData<string> Bodies => [.. Golden.Bodies];

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

    [Fact]
    public void The_hash_tells_checkpoints_apart_by_content_and_not_by_place()
    {
        var golden = Golden.Checkpoint("tiny");
        using var folder = TemporaryFolder.CopyOf(golden);
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

    private static void AssertGoldenLogits(ViltForQuestionAnswering model, string name)
    {
        using var noGrad = no_grad();
        Dictionary<string, Tensor> inputs = Golden.Tensors("model", name, "inputs.safetensors"), expected = Golden.Tensors("model", name, "outputs.safetensors");
        var batch = new ViltBatch(inputs["input_ids"], inputs["attention_mask"], inputs["token_type_ids"], inputs["pixel_values"], inputs["pixel_mask"], inputs["labels"]);
        using var output = model.forward(batch);
        Golden.AssertClose(expected["logits"], output.Logits, "logits");
        Golden.AssertClose(expected["loss"], output.Loss!, "loss");
    }
}
