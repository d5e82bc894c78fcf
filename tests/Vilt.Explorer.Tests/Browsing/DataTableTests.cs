using System.Text.Json;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Results;
using Vilt.Tests;
using static TorchSharp.torch;

namespace Vilt.Explorer.Tests.Browsing;

public sealed class DataTableTests(RunningExplorer explorer) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_in_view_is_answered_and_then_filters_find_it()
    {
        var rows = (await explorer.GetAsync("api/rows?model=same&text=how+many")).GetProperty("rows");
        long[] ids = [.. rows.EnumerateArray().Select(row => row.GetProperty("id").GetInt64())];
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("answer").ValueKind));
        var answered = (await explorer.PostAsync("api/answers", new { model = "same", ids, next = ids.Length })).GetProperty("rows");
        foreach (var row in answered.EnumerateArray())
        {
            var example = explorer.Options.Examples.Single(one => one.Question.QuestionId == row.GetProperty("id").GetInt64());
            var own = explorer.Vqa.Ask(example.FetchImage(), example.Question.Question)[0];
            Assert.Equal((own.Answer, VqaAccuracy.Score(own.Answer, example.Annotation!.Answers)), (row.GetProperty("answer").GetString(), row.GetProperty("score").GetDouble()));
        }

        var right = await explorer.GetAsync("api/rows?model=same&right=right");
        Assert.Equal(answered.EnumerateArray().Count(row => row.GetProperty("score").GetDouble() == 100), right.GetProperty("length").GetInt32());
        var falling = await explorer.GetAsync("api/rows?model=same&least=0.1&sort=probability&falling=true");
        double[] probabilities = [.. falling.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("probability").GetDouble())];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
    }

    [Fact]
    public async Task Results_of_predict_and_attribute_are_read()
    {
        var examples = explorer.Options.Examples.Take(3).ToArray();
        WriteRun("answers", "predict");
        WriteRun("maps", "attribute");
        var ids = tensor(examples.Select(example => example.Question.QuestionId).ToArray());
        Safetensors.Write(folder["answers/part-00000.safetensors"], new Dictionary<string, Tensor>
        {
            ["question_id"] = ids,
            ["answers"] = tensor([4L, 1L, 5L, 1L, 6L, 1L], [3, 2]),
            ["probabilities"] = tensor([0.9f, 0.1f, 0.8f, 0.1f, 0.7f, 0.1f], [3, 2]),
        });
        var mask = explorer.Options.Masks!.DecidingMask(examples[0].Question.QuestionId);
        var picture = explorer.Vqa.Processor.ImageProcessor.Resize(examples[0].FetchImage());
        var coverage = new Vilt.Evaluation.DecidingPixels(mask, picture.Height, picture.Width, explorer.Vqa.Model.Config.PatchSize).Coverage;
        var tensors = ExplanationRow.TensorsOf(examples[0].Question.QuestionId);
        Safetensors.Write(folder["maps/part-00000.safetensors"], new Dictionary<string, Tensor>
        {
            ["question_id"] = tensor([examples[0].Question.QuestionId]),
            ["answer"] = tensor([4L]),
            ["convergence_delta"] = tensor([0.1f]),
            ["steps"] = tensor([5L]),
            [tensors.Words] = tensor([0.5f]),
            [tensors.Tokens] = ExplanationRow.Packed(["how"]),
            [tensors.Pixels] = tensor(coverage.Cast<double>().Select(share => (float)share).ToArray(), [picture.Height, picture.Width]),
        });
        await using var server = await StartAsync("answers", "maps");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Vilt-Token", server.Address.Query.Split('=')[1]);
        using var page = JsonDocument.Parse(await http.GetStringAsync(new Uri(server.Address, "/api/rows"), TestContext.Current.CancellationToken));
        var first = page.RootElement.GetProperty("rows")[0];
        Assert.Equal((explorer.Vqa.Answers[4], true), (first.GetProperty("answer").GetString(), first.GetProperty("hit").GetBoolean()));
        Assert.Equal(0.9, first.GetProperty("probability").GetDouble(), 6);
        Assert.Equal(3, page.RootElement.GetProperty("answered").GetInt32());
    }

    [Theory]
    [InlineData("another", null, "another model")]
    [InlineData(null, "another", "another data set")]
    public async Task Results_of_something_else_are_refused(string? model, string? data, string told)
    {
        WriteRun("answers", "predict", model, data);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync("answers"));
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_results_is_refused() => await Assert.ThrowsAsync<FileNotFoundException>(() => StartAsync("nothing"));

    private Task<ExplorerServer> StartAsync(params string[] results) => ExplorerServer.StartAsync(
        explorer.Options with { Models = [new("zoo", explorer.Vqa) { ContentHash = "hash" }], Results = [.. results.Select(name => folder[name])] },
        TestContext.Current.CancellationToken);

    private void WriteRun(string name, string command, string? model = null, string? data = null)
    {
        folder.Write($"{name}/run.json", JsonSerializer.Serialize(
            new Dictionary<string, string> { ["command"] = command, ["model"] = model ?? "hash", ["data"] = data ?? ExamplesHash.Of(explorer.Options.Examples) }));
        ResultPlan.Of(explorer.Vqa, explorer.Options.Examples.Count, partSize: 256).Keep(folder[name]);
    }
}
