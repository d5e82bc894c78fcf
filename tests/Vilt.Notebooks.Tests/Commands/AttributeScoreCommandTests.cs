using System.Text.Json;
using System.Text.Json.Nodes;
using Vilt.Notebooks.Scoring;
using Vilt.Pipelines;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class AttributeScoreCommandTests : IDisposable
{
    private const int Scenes = 3;
    private readonly TestFolder folder = new();

    public AttributeScoreCommandTests()
    {
        Zoo.Draw(folder["zoo"], pictures: Scenes + 1, seed: 5);
        ZooModel.Save(folder["model"], "yes", "no", "cat");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Scores_each_kind_of_question_over_the_first_scenes()
    {
        var masks = ZooMasks.Read(folder["zoo"]);
        var questions = masks.Questions.Where(question => question.ImageId <= Scenes).ToList();
        var scores = await ScoresAsync("scores", "--by-kind");
        Assert.Equal(questions.Count, (int)scores["overall"]!["questions"]!);
        var kinds = scores["by_kind"]!.AsObject();
        Assert.Equal(questions.Select(question => question.Kind).Distinct().Count(), kinds.Count);
        foreach (var kind in questions.GroupBy(question => question.Kind))
        {
            var table = kinds[JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind.Key}")]!;
            Assert.Equal(kind.Count(), (int)table["questions"]!);
            var area = kind.Average(question => masks.DecidingMask(question.QuestionId).Cast<bool>().Average(inside => inside ? 1.0 : 0));
            Assert.Equal(area, (double)table["methods"]!["chance"]!["inside"]!, 0.001);
            string[] shares = ["pointing", "inside", "rank", "deletion", "deletion_by_magnitude", "insertion", "infidelity", "text"];
            Assert.All(shares, share => Assert.InRange((double)table["methods"]!["lig"]![share]!, 0, 1));
            var lost = (int)table["answers_lost"]!;
            Assert.InRange(lost, 0, kind.Count());
            Assert.Equal(lost == 0, table["methods"]!["lig"]!["deletion_of_lost"] is null);
        }
    }

    [Fact]
    public async Task All_methods_stand_in_one_table_with_their_passes_and_the_best_is_named()
    {
        var (exitCode, output, error) = await RunAsync("--method", "all", "--scenes", "1", "--questions", "1", "--out", folder["scores"]);
        Assert.Equal((0, ""), (exitCode, error));
        var scores = folder.Read("scores/scores.json");
        var methods = scores["overall"]!["methods"]!.AsObject();
        Assert.Equal([.. VqaMethods.Names, "chance"], methods.Select(method => method.Key));
        Assert.All(methods, method => Assert.Equal(4, output.Split('\n').Count(line => line.TrimStart().StartsWith(method.Key + " ", StringComparison.Ordinal))));
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        foreach (var (name, rows) in new[] { ("saliency", (1, 1)), ("lig", (4, 2)), ("smoothgrad", (10, 10)), ("shapley-values", (32, 0)), ("relevance", (1, 1)) })
        {
            Assert.Equal(rows, ((int)methods[name]!["forward"]!, (int)methods[name]!["backward"]!));
        }

        var best = scores["best"]!["infidelity"]!.GetValue<string>();
        var least = methods.Where(method => method.Key != "chance").Min(method => (double)method.Value!["infidelity"]!);
        Assert.Equal(least, (double)methods[best]!["infidelity"]!);
        Assert.Contains($"\nbest infidelity: {best} ", output, StringComparison.Ordinal);
        Assert.Equal(1, (double)methods["attention-rollout"]!["other_answer"]!, 1e-6); // it knows of no answer
    }

    [Fact]
    public async Task Random_weights_are_others_for_each_picture_and_seed_and_the_same_again()
    {
        JsonNode same = Lig(await ScoresAsync("first")), again = Lig(await ScoresAsync("again", "--seed", "0"));
        Assert.All(Enum.GetNames<Measure>().Except([nameof(Measure.Seconds)]).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName),
            measure => Assert.Equal($"{same[measure]}", $"{again[measure]}"));
        Assert.NotEqual(Inside(same), (double)same["inside_random_weights"]!); // the model itself is untrained: one of many random ones
        var other = Lig(await ScoresAsync("other", "--seed", "1"));
        Assert.Equal(Inside(same), Inside(other));
        Assert.NotEqual((double)same["inside_random_weights"]!, (double)other["inside_random_weights"]!);
        Assert.NotEqual(Inside(same), Inside(Lig(await ScoresAsync("mean", "--baseline", "mean"))));
        Assert.NotEqual((double)same["infidelity"]!, (double)Lig(await ScoresAsync("blur", "--deleted", "blur"))["infidelity"]!);
        Assert.NotEqual((double)same["deletion"]!, (double)Lig(await ScoresAsync("fine", "--patches-per-step", "4"))["deletion"]!);

        static double Inside(JsonNode method) => (double)method["inside"]!;
    }

    [Fact]
    public async Task A_folder_goes_on_from_what_is_there_and_refuses_other_methods()
    {
        await ScoresAsync("scores", "--questions", "1", "--scenes", "2");
        var first = File.ReadAllBytes(folder["scores/part-00000.safetensors"]);
        await ScoresAsync("scores", "--questions", "1", "--scenes", "2");
        Assert.Equal(first, File.ReadAllBytes(folder["scores/part-00000.safetensors"])); // its seconds would not be the same again
        var (exitCode, _, error) = await RunAsync("--questions", "1", "--scenes", "2", "--method", "saliency", "--out", folder["scores"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("methods is lig there and saliency here", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Questions_that_nothing_on_the_picture_decides_are_left_out_and_counted()
    {
        var path = folder["zoo/v2_mscoco_val2014_masks.json"];
        var masks = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var question in masks["images"]![0]!["questions"]!.AsArray().Take(2))
        {
            question!["object_ids"] = new JsonArray();
        }

        File.WriteAllText(path, masks.ToJsonString());
        var (exitCode, output, error) = await RunAsync();
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("2 questions left out: ", output, StringComparison.Ordinal);
        var all = ZooMasks.Read(folder["zoo"]).Questions.Count(question => question.ImageId <= Scenes);
        Assert.Contains($"\noverall: {all - 2} questions;", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_data_set_without_masks_and_unknown_names()
    {
        foreach (var (option, name) in new[] { ("--baseline", "black"), ("--method", "guess"), ("--deleted", "noise") })
        {
            var (code, _, message) = await RunAsync(option, name);
            Assert.Equal(2, code);
            Assert.Contains(name, message, StringComparison.Ordinal);
        }

        File.Delete(folder["zoo/v2_mscoco_val2014_masks.json"]);
        var (exitCode, _, error) = await RunAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["zoo/v2_mscoco_val2014_masks.json"]} does not exist", error, StringComparison.Ordinal);
    }

    private static JsonNode Lig(JsonNode scores) => scores["overall"]!["methods"]!["lig"]!;

    private async Task<JsonNode> ScoresAsync(string name, params string[] options)
    {
        var (exitCode, _, error) = await RunAsync(["--out", folder[name], .. options]);
        Assert.Equal((0, ""), (exitCode, error));
        return folder.Read($"{name}/scores.json");
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) => ViltProgram.RunAsync(
    [
        "attribute-score", folder["model"], "--data", folder["zoo"], "--steps", "2",
        .. options.Contains("--scenes") ? [] : (string[])["--scenes", $"{Scenes}"], .. options,
    ]);
}
