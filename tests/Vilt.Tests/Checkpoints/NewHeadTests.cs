using System.Text.Json.Nodes;
using Vilt.Checkpoints;
using Vilt.Model;
using Vilt.Tests.Model;
using static TorchSharp.torch;

namespace Vilt.Tests.Checkpoints;

/// <summary>A body of a checkpoint under a head of its own.</summary>
public class NewHeadTests
{
    private const string Weights = "model.safetensors";

    public static TheoryData<string> Cases => [.. Golden.ModelCases];

    public static TheoryData<string> Bodies => [.. Golden.Bodies];

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

    private static string[] Strings(JsonNode? array) => [.. array!.AsArray().Select(item => item!.GetValue<string>())];
}
