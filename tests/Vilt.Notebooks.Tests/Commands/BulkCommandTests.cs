using System.Text.Json.Nodes;
using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Results;
using Vilt.Pipelines;
using Vilt.Scenes;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>vilt predict and vilt attribute.</summary>
public sealed class BulkCommandTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly IReadOnlyList<VqaExample> examples;

    public BulkCommandTests()
    {
        Zoo.Draw(folder["zoo"], pictures: 8, seed: 5);
        ZooModel.Save(folder["model"], "yes", "no", "cat");
        examples = VqaFolder.Read(folder["zoo"]).Examples;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Predictions_are_the_models_best_answers_in_the_order_of_the_questions()
    {
        await SucceedsAsync("predict", "--batch-size", "3", "--limit", "7");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var file = Safetensors.Open(folder["out/part-00000.safetensors"]);
        Assert.Equal(examples.Take(7).Select(example => example.Question.QuestionId), file.Read("question_id").data<long>().ToArray());
        using var vqa = VqaPipeline.From(folder["model"]);
        var encoded = vqa.Processor.Encode(RgbImage.Read(examples[6].ImagePath), examples[6].Question.Question);
        var expected = vqa.Model.forward(Processing.Collator.Collate([encoded])).Logits.sigmoid()[0]; // (3)
        var (answers, probabilities) = (file.Read("answers")[6], file.Read("probabilities")[6]);
        Assert.Equal(expected.argsort(descending: true).data<long>().ToArray(), answers.data<long>().ToArray());
        Assert.True(probabilities.allclose(expected[answers], rtol: 1e-4));
    }

    [Fact]
    public async Task Shards_share_a_folder_and_a_stopped_run_goes_on_with_what_is_missing()
    {
        const int partSize = 16;
        Assert.InRange(examples.Count, partSize + 1, 4 * partSize);
        await SucceedsAsync("attribute", "--steps", "2", "--shard", "1/2");
        Assert.Equal(["part-00001.safetensors"], Parts().Where(part => int.Parse(part[5..10]) < 3));
        await SucceedsAsync("attribute", "--steps", "2", "--shard", "0/2");
        var whole = Parts();
        Assert.Equal((examples.Count + partSize - 1) / partSize, whole.Length);
        var kept = File.GetLastWriteTimeUtc(folder["out/part-00001.safetensors"]);
        var lost = File.ReadAllBytes(folder["out/part-00000.safetensors"]);
        File.Delete(folder["out/part-00000.safetensors"]);
        await SucceedsAsync("attribute", "--steps", "2");
        Assert.Equal(whole, Parts());
        Assert.Equal(lost, File.ReadAllBytes(folder["out/part-00000.safetensors"]));
        Assert.Equal(kept, File.GetLastWriteTimeUtc(folder["out/part-00001.safetensors"]));
    }

    [Fact]
    public async Task Attributions_are_those_of_the_explainer_and_meet_a_delta()
    {
        await SucceedsAsync("attribute", "--until", "0.02", "--limit", "3");
        using var scope = NewDisposeScope();
        using var file = Safetensors.Open(folder["out/part-00000.safetensors"]);
        Assert.All(file.Read("convergence_delta").data<float>().ToArray(), delta => Assert.InRange(Math.Abs(delta), 0, 0.02f));
        using var vqa = VqaPipeline.From(folder["model"]);
        var question = examples[2].Question;
        var expected = vqa.Explain(
            examples[2].ImagePath, question.Question, new() { Steps = PathSteps.Until(0.02) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(vqa.Answers.IdOf(expected.Target), file.Read("answer")[2].ToInt64());
        Assert.Equal(expected.Steps!.Value, file.Read("steps")[2].ToInt64());
        Assert.Equal(expected.Words, file.Read($"{question.QuestionId}.words").data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([expected.Pixels.GetLength(0), expected.Pixels.GetLength(1)], file.ShapeOf($"{question.QuestionId}.pixels"));
    }

    [Fact]
    public async Task Results_of_other_settings_are_not_mixed()
    {
        await SucceedsAsync("attribute", "--steps", "2", "--limit", "1");
        var (exitCode, _, error) = await RunAsync("attribute", "--steps", "3", "--limit", "1");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["out"]} holds results of another run.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_the_hub_is_known_by_its_name_and_a_folder_by_its_full_path()
    {
        foreach (var (checkpoint, expected) in new[] { ("someone/model", "someone/model"), (Path.GetRelativePath(".", folder["model"]), folder["model"]) })
        {
            var plan = new BulkPlan("predict", checkpoint, folder["zoo"], Split: null, Limit: 1, folder[expected.Replace('/', '-')], Shard.Whole, BFloat16: false);
            await plan.FillAsync(
                partSize: 1, [], (_, _) => new Dictionary<string, Tensor> { ["question_id"] = ones(1) }, TestContext.Current.CancellationToken);
            Assert.Equal(expected, $"{JsonNode.Parse(File.ReadAllText(Path.Combine(plan.Output, "run.json")))!["checkpoint"]}");
        }
    }

    [Theory]
    [InlineData("4/4")]
    [InlineData("1")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    public async Task A_wrong_shard_is_refused(string shard)
    {
        var (exitCode, _, error) = await RunAsync("predict", "--shard", shard);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"--shard {shard}: a share such as 0/4 was expected", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_divide_the_parts_without_overlap()
    {
        var shards = Enumerable.Range(0, 3).Select(index => Shard.Parse($"{index}/3")!.Value).ToArray();
        Assert.All(Enumerable.Range(0, 20), part => Assert.Single(shards, shard => shard.Has(part)));
    }

    private string[] Parts() => [.. Directory.GetFiles(folder["out"], "part-*").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private async Task SucceedsAsync(string command, params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(command, options);
        Assert.Equal((0, ""), (exitCode, error));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string command, params string[] options) =>
        ViltProgram.RunAsync([command, folder["model"], "--data", folder["zoo"], "--out", folder["out"], .. options]);
}
