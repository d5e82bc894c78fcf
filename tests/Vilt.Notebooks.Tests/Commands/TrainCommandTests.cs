using Vilt.Checkpoints;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TestFolder folder = new();

    public TrainCommandTests() => Zoo.Draw(folder["zoo"], pictures: 60, seed: 5);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Pretrains_and_finetunes_models_that_the_library_loads()
    {
        await SucceedsAsync("pretrain", "--config", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["mlm"], "--steps", "3", "--batch-size", "4", "--warmup", "1");
        Assert.True(File.Exists(folder["mlm/loss.png"]));
        Assert.True(ViltCheckpoint.From(folder["mlm"]).MaskedLM().Report.IsComplete);

        var output = await SucceedsAsync(
            "finetune", "--body", folder["mlm"], "--data", folder["zoo"], "--out", folder["vqa"], "--steps", "4", "--batch-size", "4",
            "--warmup", "1", "--test", folder["zoo"], "--test-every", "2", "--test-limit", "5");
        Assert.Matches("step 2: accuracy [0-9.]+ % on 5 other questions", output);
        Assert.Equal(["step,accuracy", "2,", "4,"], File.ReadLines(folder["vqa/accuracy.csv"]).Select(line => line[..(line.StartsWith('s') ? 13 : 2)]));
        Assert.True(File.Exists(folder["vqa/accuracy.png"]));
        using var model = ViltCheckpoint.From(folder["vqa"]).QuestionAnswering().Model;
        Assert.Contains("yes", model.Config.Answers);
    }

    [Fact]
    public async Task The_recipe_of_vilts_authors_holds_pictures_out_and_keeps_the_best_checkpoint()
    {
        string[] command =
        [
            "finetune", "--recipe", "vilt", "--body", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["vqa"], "--steps", "4",
            "--batch-size", "8", "--piece-size", "4", "--shorter-side", "64", "--hold-out", "10", "--test-every", "2", "--average", "0.5",
        ];
        await SucceedsAsync(command);
        var measured = File.ReadLines(folder["vqa/held-out.csv"]).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(["2", "4"], measured.Select(line => line[0]));
        Assert.Equal(File.ReadAllBytes(folder["vqa/best/model.safetensors"]), File.ReadAllBytes(folder["vqa/model.safetensors"]));
        var checkpoint = ViltCheckpoint.From(folder["vqa"]);
        Assert.Equal(64, checkpoint.Processor().ImageProcessor.ShortestEdge);
        var best = measured.Max(line => double.Parse(line[1], System.Globalization.CultureInfo.InvariantCulture));
        var heldOut = Vilt.Data.VqaFolder.Read(folder["zoo"]).Examples;
        HashSet<long> last = [.. heldOut.Select(example => example.Question.ImageId).Distinct().TakeLast(10)];
        using var model = checkpoint.QuestionAnswering().Model;
        var questions = new Vilt.Processing.VqaDataset(
            [.. heldOut.Where(example => last.Contains(example.Question.ImageId))], checkpoint.Processor(), new(model.Config.Answers));
        Assert.Equal(best, Vilt.Training.Evaluator.Evaluate(model, questions, 32, null, TestContext.Current.CancellationToken).Overall, tolerance: 0.01);
        var (exitCode, _, error) = await ViltProgram.RunAsync(["train", .. command, "--beta2", "0.9"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("Beta2 0.98, but this one has 0.9", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Low_rank_updates_are_merged_into_the_saved_model()
    {
        await SucceedsAsync("finetune", "--lora", "2", "--body", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["vqa"], "--steps", "3",
            "--batch-size", "4", "--warmup", "0", "--answers-of", "3");
        using var body = Safetensors.Open(Path.Combine(ZooModel.BodyFolder, "model.safetensors"));
        using var tuned = Safetensors.Open(folder["vqa/model.safetensors"]);
        Assert.DoesNotContain(tuned.Names, name => name.Contains("update", StringComparison.Ordinal));
        Assert.All(tuned.Names.Where(name => name.StartsWith("vilt.encoder.", StringComparison.Ordinal)), name =>
        {
            using TorchSharp.torch.Tensor before = body.Read(name), after = tuned.Read(name);
            var isAdapted = name.EndsWith("query.weight", StringComparison.Ordinal) || name.EndsWith("key.weight", StringComparison.Ordinal)
                || name.EndsWith("value.weight", StringComparison.Ordinal);
            Assert.Equal(!isAdapted, before.bytes.SequenceEqual(after.bytes));
        });
    }

    [Fact]
    public async Task The_same_command_again_goes_on_and_another_is_refused()
    {
        string[] command = ["pretrain", "--config", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["mlm"], "--steps", "2", "--batch-size", "4"];
        await SucceedsAsync(command);
        var weights = File.ReadAllBytes(folder["mlm/model.safetensors"]);
        await SucceedsAsync(command);
        Assert.Equal(weights, File.ReadAllBytes(folder["mlm/model.safetensors"]));
        var (exitCode, _, error) = await ViltProgram.RunAsync(["train", .. command, "--seed", "7"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("Seed 0, but this one has 7", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_body_or_other_data_in_the_same_place_are_refused_and_the_model_stays()
    {
        ZooModel.Save(folder["body"], "yes", "no");
        ZooModel.Save(folder["other"], "yes");
        string[] command = ["--data", folder["zoo"], "--out", folder["vqa"], "--steps", "2", "--batch-size", "4", "--warmup", "1"];
        await SucceedsAsync(["finetune", "--body", folder["body"], .. command]);
        var weights = File.ReadAllBytes(folder["vqa/model.safetensors"]);
        await AssertRefusedAsync("hash of the weights it began from", "finetune", "--body", folder["other"]);
        Zoo.Draw(folder["zoo"], pictures: 60, seed: 6, cancellationToken: TestContext.Current.CancellationToken);
        await AssertRefusedAsync("this one", "finetune", "--body", folder["body"]);
        Assert.Equal(weights, File.ReadAllBytes(folder["vqa/model.safetensors"]));

        async Task AssertRefusedAsync(string expected, params string[] begin)
        {
            var (exitCode, _, error) = await ViltProgram.RunAsync(["train", .. begin, .. command]);
            Assert.Equal(1, exitCode);
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_update_that_is_not_finite_is_one_error_and_no_model_is_written()
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync("train", "finetune", "--body", ZooModel.BodyFolder, "--data", folder["zoo"],
            "--out", folder["vqa"], "--steps", "1", "--batch-size", "4", "--warmup", "0", "--learning-rate", "1e300");
        Assert.Equal(1, exitCode);
        Assert.Contains("at step 1 with learning rate 1E+300", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["vqa/model.safetensors"]));
    }

    [Theory]
    [InlineData("--warmup", "120%", "--warmup 120%: expected a whole number of 0 or more, or a share such as 10%.")]
    [InlineData("--device", "tpu", "--device tpu: expected cpu, cuda or mps.")]
    [InlineData("--learning-rate", "-1", "--learning-rate -1: expected a number above 0, written with a point, such as 0.05 or 1e-4.")]
    public async Task Refuses_a_wrong_option(string option, string value, string expected)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync(
            "train", "pretrain", "--config", ZooModel.BodyFolder, "--data", folder["zoo"], "--out", folder["mlm"], "--steps", "1", option, value);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["mlm"]));
    }

    private static async Task<string> SucceedsAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await ViltProgram.RunAsync(["train", .. arguments]);
        Assert.Equal((0, ""), (exitCode, error));
        return output;
    }
}
