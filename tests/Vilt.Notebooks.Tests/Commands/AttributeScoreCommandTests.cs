using System.Text.Json.Nodes;
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
        var scores = await ScoresAsync();
        Assert.Equal(questions.Count, (int)scores["overall"]["questions"]);
        Assert.Equal(questions.Select(question => question.Kind).Distinct().Count() + 1, scores.Count);
        foreach (var kind in questions.GroupBy(question => question.Kind))
        {
            var score = scores[System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind.Key}")];
            Assert.Equal(kind.Count(), (int)score["questions"]);
            var area = kind.Average(question => masks.DecidingMask(question.QuestionId).Cast<bool>().Average(inside => inside ? 100.0 : 0));
            Assert.InRange(score["area"], area - 0.06, area + 0.06);
            Assert.All(score.Where(value => value.Key != "questions"), value => Assert.InRange(value.Value, 0, 100));
        }
    }

    [Fact]
    public async Task Random_weights_are_others_for_each_picture_and_seed_and_the_same_again()
    {
        Dictionary<string, double> same = (await ScoresAsync())["overall"], again = (await ScoresAsync("--seed", "0"))["overall"];
        Assert.Equal(same, again);
        Assert.NotEqual(same["inside"], same["inside_randomized"]); // the model itself is untrained: one of many random ones
        var other = (await ScoresAsync("--seed", "1"))["overall"];
        Assert.Equal(same["inside"], other["inside"]);
        Assert.NotEqual(same["inside_randomized"], other["inside_randomized"]);
        Assert.NotEqual(same["inside"], (await ScoresAsync("--baseline", "mean"))["overall"]["inside"]);
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
        Assert.Contains("\n2 questions left out: ", output, StringComparison.Ordinal);
        var all = ZooMasks.Read(folder["zoo"]).Questions.Count(question => question.ImageId <= Scenes);
        Assert.Equal(all - 2, (int)Parse(output)["overall"]["questions"]);
    }

    [Fact]
    public async Task Refuses_a_data_set_without_masks_and_an_unknown_baseline()
    {
        File.Delete(folder["zoo/v2_mscoco_val2014_masks.json"]);
        var (exitCode, _, error) = await RunAsync();
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"{folder["zoo/v2_mscoco_val2014_masks.json"]} does not exist", error, StringComparison.Ordinal);
        (exitCode, _, error) = await RunAsync("--baseline", "black");
        Assert.Equal(2, exitCode);
        Assert.Contains("black", error, StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, Dictionary<string, double>>> ScoresAsync(params string[] options)
    {
        var (exitCode, output, error) = await RunAsync(options);
        Assert.Equal((0, ""), (exitCode, error));
        return Parse(output);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) => ViltProgram.RunAsync(
        ["attribute-score", folder["model"], "--data", folder["zoo"], "--scenes", $"{Scenes}", "--steps", "2", .. options]);

    /// <summary>"score kind=color questions=2 pointing=50.0 …" as values by kind and name.</summary>
    private static Dictionary<string, Dictionary<string, double>> Parse(string output) => output.Split('\n')
        .Where(line => line.StartsWith("score ", StringComparison.Ordinal))
        .Select(line => line.Split(' ')[1..].Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]))
        .ToDictionary(
            score => score["kind"],
            score => score.Where(pair => pair.Key != "kind").ToDictionary(pair => pair.Key, pair => double.Parse(pair.Value)));
}
