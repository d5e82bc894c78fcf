using System.Runtime.InteropServices;
using System.Text.Json;
using Vilt.Evaluation;
using Vilt.Pipelines;

namespace Vilt.Explorer.Tests.Asking;

public sealed class ExplainTests(RunningExplorer explorer)
{
    private const string Question = "how many zebras are on the picture";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("example-zebra", "2", "Zero", 30)]
    [InlineData("example-zebra", "3", "Blur", 32)]
    [InlineData("example-elephant", null, "Mean", 10)]
    public async Task The_last_map_is_that_of_the_library(string picture, string? answer, string baseline, int steps)
    {
        var maps = await explorer.ExplainAsync(new { picture, question = Question, answer, baseline, steps }, cancellation: Token).ToListAsync(Token);
        var own = explorer.Vqa.Explain(
            RunningExplorer.Asset(picture["example-".Length..] + ".png"), Question,
            new() { Target = answer, Baseline = Enum.Parse<PictureBaseline>(baseline), Steps = Vilt.Attribution.PathSteps.Fixed(steps) }, cancellationToken: Token);
        var last = maps[^1];
        var pixels = Pixels(last);
        var scale = own.Pixels.Cast<double>().Max(Math.Abs);
        Assert.All(own.Pixels.Cast<double>().Zip(pixels), pair => Assert.InRange(pair.Second, pair.First - 1e-5 * scale, pair.First + 1e-5 * scale));
        Assert.All(
            own.Words.Zip(last.GetProperty("words").EnumerateArray()),
            pair => Assert.InRange(pair.Second.GetDouble(), pair.First - 1e-4, pair.First + 1e-4));
        Assert.InRange(last.GetProperty("convergenceDelta").GetDouble(), own.ConvergenceDelta!.Value - 1e-3, own.ConvergenceDelta.Value + 1e-3);
        Assert.Equal((own.Target, steps), (last.GetProperty("answer").GetString(), last.GetProperty("stepsDone").GetInt32()));
    }

    [Fact]
    public async Task The_first_map_comes_after_five_steps_and_is_close_already()
    {
        var maps = await explorer.ExplainAsync(new { picture = "example-zebra", question = Question }, cancellation: Token).ToListAsync(Token);
        Assert.Equal([5, 10, 15, 20, 25, 30], maps.Select(map => map.GetProperty("stepsDone").GetInt32()));
        Assert.All(maps.SkipLast(1), map => Assert.Equal(JsonValueKind.Null, map.GetProperty("convergenceDelta").ValueKind));
        var correlation = RankCorrelation.OfValues(PatchSums(maps[0]), PatchSums(maps[^1]));
        Assert.True(correlation.WithSign > 0.8, $"{correlation.WithSign}");
    }

    [Fact]
    public async Task Other_methods_give_their_own_map_at_once()
    {
        var maps = await explorer.ExplainAsync(new { picture = "example-zebra", question = Question, method = "input-x-gradient" }, cancellation: Token).ToListAsync(Token);
        var vqa = explorer.Vqa;
        using var arguments = TorchSharp.torch.NewDisposeScope();
        var method = VqaMethods.Make("input-x-gradient", vqa, vqa.Arguments(RunningExplorer.Asset("zebra.png"), Question), Vilt.Attribution.PathSteps.Fixed(30));
        var own = vqa.Explain(RunningExplorer.Asset("zebra.png"), Question, new() { Method = method }, cancellationToken: Token);
        var only = Assert.Single(maps);
        Assert.Equal(own.Pixels.Cast<double>().Select(value => (float)value), Pixels(only));
    }

    [Fact]
    public async Task The_path_leads_from_the_score_of_nothing_to_that_of_the_question()
    {
        var path = await explorer.PostAsync("api/path", new { picture = "example-zebra", question = Question, answer = "2" });
        double[] scores = [.. path.GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
        var probability = explorer.Vqa.Ask(RunningExplorer.Asset("zebra.png"), Question)[0].Probability;
        Assert.InRange(1 / (1 + Math.Exp(-scores[^1])), probability - 1e-5, probability + 1e-5);
        var map = await explorer.ExplainAsync(new { picture = "example-zebra", question = Question, answer = "2" }, cancellation: Token).LastAsync(Token);
        var sum = map.GetProperty("picture").GetDouble() + map.GetProperty("text").GetDouble() - map.GetProperty("convergenceDelta").GetDouble();
        Assert.InRange(scores[^1] - scores[0], sum - 1e-3, sum + 1e-3);
    }

    [Fact]
    public async Task A_hidden_patch_changes_the_answers_as_the_same_picture_in_a_file_does()
    {
        int[] hidden = [.. Enumerable.Range(0, 40)];
        var shown = await explorer.PostAsync("api/ask", new { picture = "example-zebra", question = Question, hidden, baseline = "Mean" });
        var whole = await explorer.PostAsync("api/ask", new { picture = "example-zebra", question = Question });
        Assert.NotEqual(Probability(whole), Probability(shown));
        var all = await explorer.PostAsync("api/ask", new { picture = "example-zebra", question = Question, hidden = Enumerable.Range(0, 80), baseline = "Mean" });
        var other = await explorer.PostAsync("api/ask", new { picture = "example-elephant", question = Question, hidden = Enumerable.Range(0, 80), baseline = "Zero" });
        var zebraInGray = await explorer.PostAsync("api/ask", new { picture = "example-zebra", question = Question, hidden = Enumerable.Range(0, 80), baseline = "Zero" });
        Assert.NotEqual(Probability(all), Probability(zebraInGray));
        Assert.Equal(Probability(other), Probability(zebraInGray)); // nothing is left of either
    }

    [Fact]
    public async Task The_mask_and_whether_the_map_points_at_it_are_those_of_the_data_set()
    {
        var example = explorer.Options.Examples[0];
        var id = example.Question.QuestionId;
        var picture = explorer.Vqa.Processor.ImageProcessor.Resize(example.FetchImage());
        var deciding = new DecidingPixels(explorer.Options.Masks!.DecidingMask(id), picture.Height, picture.Width, explorer.Vqa.Model.Config.PatchSize);
        var mask = await explorer.GetAsync($"api/mask/{id}");
        Assert.Equal(string.Concat(deciding.Coverage.Cast<double>().Select(share => share >= 0.5 ? '1' : '0')), mask.GetProperty("mask").GetString());
        var map = await explorer.ExplainAsync(new { picture = $"data-{example.Question.ImageId}", question = example.Question.Question, questionId = id }, cancellation: Token).LastAsync(Token);
        var own = explorer.Vqa.Explain(example.FetchImage(), example.Question.Question, cancellationToken: Token);
        Assert.Equal(deciding.Judge(own.Pixels).Pointing == 1, map.GetProperty("pointing").GetBoolean());
    }

    private static double Probability(JsonElement answers) => answers.GetProperty("answers")[0].GetProperty("probability").GetDouble();

    private static float[] Pixels(JsonElement map) => [.. MemoryMarshal.Cast<byte, float>(map.GetProperty("pixels").GetBytesFromBase64())];

    private double[] PatchSums(JsonElement map)
    {
        var (width, pixels) = (map.GetProperty("width").GetInt32(), Pixels(map));
        var rows = new double[map.GetProperty("height").GetInt32(), width];
        for (var i = 0; i < pixels.Length; i++)
        {
            rows[i / width, i % width] = pixels[i];
        }

        return PatchOrder.Sums(rows, explorer.Vqa.Model.Config.PatchSize);
    }
}
