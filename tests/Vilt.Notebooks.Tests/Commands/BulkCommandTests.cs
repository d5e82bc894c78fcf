using TorchSharp;
using Vilt.Attribution;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Notebooks.Results;
using Vilt.Pipelines;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>vilt predict and vilt attribute.</summary>
public sealed class BulkCommandTests : IDisposable
{
    private readonly BulkRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Predictions_are_the_models_best_answers_in_the_order_of_the_questions()
    {
        await run.SucceedsAsync("predict", "--batch-size", "3", "--limit", "7");
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var file = Safetensors.Open(run.FirstPart);
        Assert.Equal(run.Examples.Take(7).Select(example => example.Question.QuestionId), file.Read("question_id").data<long>().ToArray());
        using var vqa = VqaPipeline.From(run.Folder["model"]);
        var encoded = vqa.Processor.Encode(RgbImage.Read(run.Examples[6].ImagePath), run.Examples[6].Question.Question);
        var expected = vqa.Model.forward(Processing.Collator.Collate([encoded])).Logits.sigmoid()[0]; // (3)
        var (answers, probabilities) = (file.Read("answers")[6], file.Read("probabilities")[6]);
        Assert.Equal(expected.argsort(descending: true).data<long>().ToArray(), answers.data<long>().ToArray());
        Assert.True(probabilities.allclose(expected[answers], rtol: 1e-4));
    }

    [Fact]
    public async Task Attributions_are_those_of_the_explainer_and_meet_a_delta()
    {
        await run.SucceedsAsync("attribute", "--until", "0.02", "--limit", "3");
        using var scope = NewDisposeScope();
        using var file = Safetensors.Open(run.FirstPart);
        Assert.All(file.Read("convergence_delta").data<float>().ToArray(), delta => Assert.InRange(Math.Abs(delta), 0, 0.02f));
        using var vqa = VqaPipeline.From(run.Folder["model"]);
        var question = run.Examples[2].Question;
        var expected = vqa.Explain(
            run.Examples[2].ImagePath, question.Question, new() { Steps = PathSteps.Until(0.02) }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(vqa.Answers.IdOf(expected.Target), file.Read("answer")[2].ToInt64());
        Assert.Equal(expected.Steps!.Value, file.Read("steps")[2].ToInt64());
        Assert.Equal(expected.Words, file.Read($"{question.QuestionId}.words").data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([expected.Pixels.GetLength(0), expected.Pixels.GetLength(1)], file.ShapeOf($"{question.QuestionId}.pixels"));
    }

    [Fact]
    public async Task Pictures_that_cannot_be_read_are_listed_up_to_the_number_allowed()
    {
        var broken = run.Examples[3].Question.ImageId;
        File.WriteAllText(run.Examples[3].ImagePath, "no picture");
        long[] lost = [.. run.Examples.Where(example => example.Question.ImageId == broken).Select(example => example.Question.QuestionId)];
        var (exitCode, _, error) = await run.RunAsync("predict", "--max-errors", $"{lost.Length - 1}");
        Assert.Equal(1, exitCode);
        Assert.Contains($"More than {lost.Length - 1} pictures can't be read", error, StringComparison.Ordinal);
        await run.SucceedsAsync("predict", "--max-errors", $"{lost.Length}", "--limit", "5");
        await run.SucceedsAsync("predict", "--max-errors", $"{lost.Length}");
        Assert.Equal(run.Examples.Select(example => example.Question.QuestionId).Except(lost), run.QuestionIds());
        Assert.Equal(["question_id", .. lost.Select(id => $"{id}")],
            File.ReadLines(run.Folder["out/part-00000.errors.csv"]).Select(line => line.Split(',')[0]));
        var kept = File.GetLastWriteTimeUtc(run.FirstPart);
        await run.SucceedsAsync("predict", "--max-errors", $"{lost.Length}");
        Assert.Equal(kept, File.GetLastWriteTimeUtc(run.FirstPart));
    }

    [Fact]
    public async Task A_model_whose_answers_are_not_finite_is_one_error()
    {
        using (var trained = VqaPipeline.From(run.Folder["model"]))
        using (no_grad())
        {
            var weight = trained.Model.get_parameter("classifier.3.weight")!;
            using var large = 3e38f.ToScalar();
            weight.fill_(large); // finite, but no product with it is
            ViltCheckpoint.Save(run.Folder["model"], trained.Model, trained.Processor);
        }

        string[][] commands = [["predict", "--out", run.Folder["out"]], ["attribute", "--steps", "2", "--out", run.Folder["maps"]], ["evaluate"]];
        foreach (var command in commands)
        {
            var (exitCode, _, error) = await ViltProgram.RunAsync([command[0], run.Folder["model"], "--data", run.Folder["zoo"], "--limit", "2", .. command[1..]]);
            Assert.Equal(1, exitCode);
            Assert.Contains("not finite", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        Assert.Empty(run.Parts());
    }

    [Theory]
    [InlineData("4/4")]
    [InlineData("1")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    public async Task A_wrong_shard_is_refused(string shard)
    {
        var (exitCode, _, error) = await run.RunAsync("predict", "--shard", shard);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"--shard {shard}: expected a share such as 0/4", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_divide_the_parts_without_overlap()
    {
        var shards = Enumerable.Range(0, 3).Select(index => Shard.Parse($"{index}/3")!.Value).ToArray();
        Assert.All(Enumerable.Range(0, 20), part => Assert.Single(shards, shard => shard.Has(part)));
    }
}
