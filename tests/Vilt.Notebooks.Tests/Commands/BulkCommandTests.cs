using System.Diagnostics;
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
        Assert.StartsWith($"{folder["out"]} holds results of another run: steps is 2 there and 3 here.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_larger_limit_completes_what_a_smaller_one_left()
    {
        await SucceedsAsync("predict", "--limit", "5");
        await SucceedsAsync("predict");
        Assert.Equal(examples.Select(example => example.Question.QuestionId), QuestionIds());
        var whole = File.ReadAllBytes(folder["out/part-00000.safetensors"]);
        await SucceedsAsync("predict", "--limit", "5"); // what is more stays
        Assert.Equal(whole, File.ReadAllBytes(folder["out/part-00000.safetensors"]));
    }

    [Fact]
    public async Task A_part_that_cannot_be_read_is_made_anew()
    {
        await SucceedsAsync("predict");
        var whole = File.ReadAllBytes(folder["out/part-00000.safetensors"]);
        File.WriteAllBytes(folder["out/part-00000.safetensors"], whole[..^1]);
        await SucceedsAsync("predict");
        Assert.Equal(whole, File.ReadAllBytes(folder["out/part-00000.safetensors"]));
    }

    [Fact]
    public async Task A_part_that_was_left_half_done_is_completed_to_what_an_unbroken_run_gives()
    {
        await SucceedsAsync("attribute", "--steps", "2", "--limit", "5");
        await SucceedsAsync("attribute", "--steps", "2", "--limit", "16");
        var completed = File.ReadAllBytes(folder["out/part-00000.safetensors"]);
        Directory.Delete(folder["out"], recursive: true);
        await SucceedsAsync("attribute", "--steps", "2", "--limit", "16");
        Assert.Equal(File.ReadAllBytes(folder["out/part-00000.safetensors"]), completed);
    }

    [Fact]
    public async Task Pictures_that_cannot_be_read_are_listed_up_to_the_number_allowed()
    {
        var broken = examples[3].Question.ImageId;
        File.WriteAllText(examples[3].ImagePath, "no picture");
        long[] lost = [.. examples.Where(example => example.Question.ImageId == broken).Select(example => example.Question.QuestionId)];
        var (exitCode, _, error) = await RunAsync("predict", "--max-errors", $"{lost.Length - 1}");
        Assert.Equal(1, exitCode);
        Assert.Contains($"More than {lost.Length - 1} pictures can't be read", error, StringComparison.Ordinal);
        await SucceedsAsync("predict", "--max-errors", $"{lost.Length}", "--limit", "5");
        await SucceedsAsync("predict", "--max-errors", $"{lost.Length}");
        Assert.Equal(examples.Select(example => example.Question.QuestionId).Except(lost), QuestionIds());
        Assert.Equal(["question_id", .. lost.Select(id => $"{id}")],
            File.ReadLines(folder["out/part-00000.errors.csv"]).Select(line => line.Split(',')[0]));
        var kept = File.GetLastWriteTimeUtc(folder["out/part-00000.safetensors"]);
        await SucceedsAsync("predict", "--max-errors", $"{lost.Length}");
        Assert.Equal(kept, File.GetLastWriteTimeUtc(folder["out/part-00000.safetensors"]));
    }

    [Theory]
    [InlineData(15, 143)] // SIGTERM
    [InlineData(10, 75)] // SIGUSR1
    public async Task A_signal_keeps_what_is_done_and_the_same_command_goes_on(int signal, int expected)
    {
        string[] command = ["attribute", folder["model"], "--data", folder["zoo"], "--out", folder["out"], "--steps", "200"];
        using (var process = ViltProgram.Start(command))
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith('2'))
            {
                // A twentieth of the work is told at a time; the second line is written within the first part.
            }

            Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(expected, process.ExitCode);
        }

        Assert.NotEmpty(QuestionIds());
        Assert.DoesNotContain(Directory.GetFiles(folder["out"]), file => file.EndsWith(".part", StringComparison.Ordinal));
        await SucceedsAsync("attribute", "--steps", "200", "--limit", "16");
        Assert.Equal(examples.Take(16).Select(example => example.Question.QuestionId), QuestionIds());
    }

    [Fact]
    public async Task Another_model_in_the_same_place_is_refused_and_the_same_in_another_goes_on()
    {
        await SucceedsAsync("predict", "--limit", "3");
        Directory.Move(folder["model"], folder["elsewhere"]);
        Directory.Move(folder["zoo"], folder["zoo-elsewhere"]);
        var (exitCode, _, error) = await ViltProgram.RunAsync("predict", folder["elsewhere"], "--data", folder["zoo-elsewhere"], "--out", folder["out"]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(examples.Count, QuestionIds().Length);
        Directory.Move(folder["zoo-elsewhere"], folder["zoo"]);
        ZooModel.Save(folder["model"], "yes", "no", "dog");
        await AssertOtherRunAsync("model is");
    }

    [Fact]
    public async Task Other_data_in_the_same_place_are_refused()
    {
        await SucceedsAsync("predict", "--limit", "3");
        Directory.Delete(folder["zoo"], recursive: true);
        Zoo.Draw(folder["zoo"], pictures: 8, seed: 6, cancellationToken: TestContext.Current.CancellationToken);
        await AssertOtherRunAsync("data is");
    }

    [Fact]
    public async Task A_model_whose_answers_are_not_finite_is_one_error()
    {
        using (var trained = VqaPipeline.From(folder["model"]))
        using (no_grad())
        {
            var weight = trained.Model.get_parameter("classifier.3.weight")!;
            using var large = 3e38f.ToScalar();
            weight.fill_(large); // finite, but no product with it is
            ViltCheckpoint.Save(folder["model"], trained.Model, trained.Processor);
        }

        string[][] commands = [["predict", "--out", folder["out"]], ["attribute", "--steps", "2", "--out", folder["maps"]], ["evaluate"]];
        foreach (var command in commands)
        {
            var (exitCode, _, error) = await ViltProgram.RunAsync([command[0], folder["model"], "--data", folder["zoo"], "--limit", "2", .. command[1..]]);
            Assert.Equal(1, exitCode);
            Assert.Contains("not finite", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }

        Assert.Empty(Parts());
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

    private long[] QuestionIds()
    {
        using var file = Safetensors.Open(folder["out/part-00000.safetensors"]);
        using var ids = file.Read("question_id");
        return ids.data<long>().ToArray();
    }

    private async Task AssertOtherRunAsync(string part)
    {
        var (exitCode, _, error) = await RunAsync("predict");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["out"]} holds results of another run: {part}", error, StringComparison.Ordinal);
        Assert.Single(Parts());
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
