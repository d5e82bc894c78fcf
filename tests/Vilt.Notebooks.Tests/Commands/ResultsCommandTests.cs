using System.Text.Json;
using Parquet.Serialization;
using Vilt.Checkpoints;
using Vilt.Results;
using Vilt.Scenes;

namespace Vilt.Notebooks.Tests.Commands;

/// <summary>vilt results.</summary>
public sealed class ResultsCommandTests : IDisposable
{
    private readonly BulkRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Predictions_become_one_table_with_the_official_accuracy()
    {
        await run.SucceedsAsync("predict");
        await MergeAsync("--data", run.Folder["zoo"]);
        var rows = await RowsAsync<PredictionRow>();
        Assert.Equal(run.Examples.Select(example => (example.Question.QuestionId, example.Question.Question)), rows.Select(row => (row.QuestionId, row.Question!)));
        Assert.All(rows, row => Assert.Equal(row.Answer, row.Answers[0]));
        Assert.All(rows, row => Assert.Equal(row.Probability, row.Probabilities.Max()));
        Assert.Equal(3, rows.Select(row => row.Answers.Count).Distinct().Single());
        var (_, evaluated, _) = await ViltProgram.RunAsync("evaluate", run.Folder["model"], "--data", run.Folder["zoo"]);
        Assert.Contains($"overall {rows.Average(row => row.Accuracy!.Value):0.0}", evaluated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanations_become_one_table_with_words_and_hits()
    {
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "18");
        await MergeAsync();
        Assert.All(await RowsAsync<ExplanationRow>(), row => Assert.Null(row.PointingHit));
        await MergeAsync("--data", run.Folder["zoo"]);
        var rows = await RowsAsync<ExplanationRow>();
        Assert.Equal(18, rows.Count);
        var masks = ZooMasks.Read(run.Folder["zoo"]);
        Assert.All(rows, row => Assert.Equal(masks.DecidingMask(row.QuestionId).Cast<bool>().Any(decides => decides), row.PointingHit is not null));
        Assert.Equal(2, rows.Select(row => row.PointingHit).OfType<bool>().Distinct().Count());
        using var file = Safetensors.Open(run.Folder[$"out/{rows[17].PixelsFile}"]);
        using var words = file.Read($"{rows[17].QuestionId}.words");
        Assert.Equal(words.data<float>().Take(rows[17].Tokens.Count), rows[17].Words);
        Assert.Equal(["[CLS]", .. rows[17].Question!.Split(' '), "[SEP]"], rows[17].Tokens);
    }

    [Fact]
    public async Task The_table_of_shards_and_of_a_run_that_was_continued_is_that_of_an_unbroken_run()
    {
        await run.SucceedsAsync("attribute", "--steps", "2");
        await MergeAsync();
        var whole = File.ReadAllBytes(run.Folder["out/table.parquet"]);
        Directory.Delete(run.Folder["out"], recursive: true);
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "5");
        await run.SucceedsAsync("attribute", "--steps", "2", "--shard", "1/2");
        await run.SucceedsAsync("attribute", "--steps", "2", "--shard", "0/2");
        await MergeAsync();
        Assert.Equal(whole, File.ReadAllBytes(run.Folder["out/table.parquet"]));
    }

    [Fact]
    public async Task A_submission_has_every_question_once()
    {
        var broken = run.Examples[3].Question.ImageId;
        File.WriteAllText(run.Examples[3].ImagePath, "no picture");
        long[] lost = [.. run.Examples.Where(example => example.Question.ImageId == broken).Select(example => example.Question.QuestionId)];
        await run.SucceedsAsync("predict", "--max-errors", "20");
        await MergeAsync("--submission", run.Folder["submission.json"]);
        using var json = JsonDocument.Parse(File.ReadAllText(run.Folder["submission.json"]));
        var answers = json.RootElement.EnumerateArray().ToDictionary(one => one.GetProperty("question_id").GetInt64(), one => one.GetProperty("answer").GetString());
        Assert.Equal(run.Examples.Select(example => example.Question.QuestionId).Order(), answers.Keys.Order());
        Assert.All(answers, answer => Assert.Equal(lost.Contains(answer.Key), answer.Value == ""));
        Assert.Equal(lost.Length + 1, File.ReadLines(run.Folder["out/errors.csv"]).Count());
        Assert.Equal(run.Examples.Count - lost.Length, (await RowsAsync<PredictionRow>()).Count);
    }

    [Fact]
    public async Task What_is_missing_or_broken_is_named_and_not_merged()
    {
        await run.SucceedsAsync("attribute", "--steps", "2", "--limit", "20");
        var (exitCode, output, _) = await ResultsAsync("verify");
        Assert.Equal(0, exitCode);
        Assert.Contains("attribute: 2 of 2 parts, 20 of 20 questions", output, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(run.FirstPart);
        bytes[^1] ^= 1;
        File.WriteAllBytes(run.FirstPart, bytes);
        (exitCode, output, _) = await ResultsAsync("verify");
        Assert.Equal(1, exitCode);
        Assert.Contains("part-00000.safetensors is damaged: its contents don't match its checksum.", output, StringComparison.Ordinal);
        File.WriteAllBytes(run.FirstPart, bytes[..^1]);
        File.Delete(run.Folder["out/part-00001.safetensors"]);
        (exitCode, output, _) = await ResultsAsync("status", "--of", "8");
        Assert.Equal(0, exitCode);
        Assert.Contains("part-00000.safetensors is not a valid safetensors file", output, StringComparison.Ordinal);
        Assert.Contains("part 1 is missing: 4 questions", output, StringComparison.Ordinal);
        Assert.Contains("Shares of 8: 0,1", output, StringComparison.Ordinal);
        (exitCode, _, var error) = await ResultsAsync("merge");
        Assert.Equal(1, exitCode);
        Assert.Contains("2 of 2 parts are missing, broken or not complete", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(run.Folder["out"], "table.parquet*"));
    }

    [Fact]
    public async Task Another_data_set_is_refused()
    {
        await run.SucceedsAsync("predict", "--limit", "3");
        Zoo.Draw(run.Folder["other"], pictures: 8, seed: 6, cancellationToken: TestContext.Current.CancellationToken);
        var (exitCode, _, error) = await ResultsAsync("merge", "--data", run.Folder["other"]);
        Assert.Equal(1, exitCode);
        Assert.Contains($"{run.Folder["other"]} is not what {run.Folder["out"]} was made from", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> ResultsAsync(string command, params string[] options) =>
        ViltProgram.RunAsync(["results", command, run.Folder["out"], .. options]);

    private async Task MergeAsync(params string[] options)
    {
        var (exitCode, _, error) = await ResultsAsync("merge", options);
        Assert.Equal((0, ""), (exitCode, error));
    }

    private async Task<IReadOnlyList<T>> RowsAsync<T>() where T : class, new()
    {
        var read = await ParquetSerializer.DeserializeAsync<T>(run.Folder["out/table.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        return [.. read.Data];
    }
}
