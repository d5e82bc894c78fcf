using System.Text.Json.Nodes;
using Vilt.Data;
using Vilt.Pipelines;
using Vilt.Processing;
using Vilt.Scenes;
using Vilt.Training;

namespace Vilt.Notebooks.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private const string Questions = "zoo/v2_OpenEnded_mscoco_val2014_questions.json";
    private readonly TestFolder folder = new();

    public EvaluateCommandTests()
    {
        Zoo.Draw(folder["zoo"], pictures: 8, seed: 5);
        ZooModel.Save(folder["model"], "yes", "no");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_last_line_is_the_overall_accuracy_and_the_tables_have_every_type()
    {
        var (exitCode, output, error) = await ViltProgram.RunAsync("evaluate", folder["model"], "--data", folder["zoo"]);
        Assert.Equal((0, ""), (exitCode, error));
        var examples = VqaFolder.Read(folder["zoo"]).Examples;
        var evaluation = Evaluate(examples, mean: null);
        Assert.Equal($"overall {evaluation.Overall:0.0}", LastLine(output));
        Assert.Contains($"{examples.Count}/{examples.Count} questions", output, StringComparison.Ordinal);
        foreach (var (type, accuracy) in evaluation.ByQuestionType.Concat(evaluation.ByAnswerType))
        {
            var count = examples.Count(e => e.Annotation!.QuestionType == type || e.Annotation.AnswerType == type);
            Assert.Matches($@"(?m)^\W*{type}\W+{count}\W+{accuracy:0.0}\W*$", output);
        }
    }

    [Fact]
    public async Task A_blind_model_sees_the_mean_color_of_the_pictures_alone()
    {
        var (_, output, _) = await ViltProgram.RunAsync("evaluate", folder["model"], "--data", folder["zoo"], "--blind");
        var examples = VqaFolder.Read(folder["zoo"]).Examples;
        var blind = Evaluate(examples, MeanColor.Of(examples.Select(example => example.ImagePath), TestContext.Current.CancellationToken));
        Assert.Equal($"overall {blind.Overall:0.0}", LastLine(output));
        Assert.NotEqual(Evaluate(examples, mean: null).Overall, blind.Overall);
    }

    [Fact]
    public async Task Asks_no_more_questions_than_the_limit_and_tells_of_those_left_out()
    {
        Rewrite(Questions, questions => questions["questions"]![0]!["image_id"] = 99);
        Rewrite("zoo/v2_mscoco_val2014_annotations.json", file => file["annotations"]![0]!["image_id"] = 99);
        var (exitCode, output, error) = await ViltProgram.RunAsync(
            "evaluate", folder["model"], "--data", folder["zoo"], "--limit", "3", "--batch-size", "2");
        Assert.Equal(0, exitCode);
        Assert.Contains("3/3 questions", output, StringComparison.Ordinal);
        Assert.Matches("^Left out because they have no picture: 1 questions, such as [0-9]+", error);
    }

    [Theory]
    [InlineData("--limit", "0", "--limit 0: expected a whole number of 1 or more.")]
    [InlineData("--batch-size", "many", "--batch-size many: expected a whole number of 1 or more.")]
    public async Task Refuses_a_wrong_number(string option, string value, string expected)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync("evaluate", folder["model"], "--data", folder["zoo"], option, value);
        Assert.Equal(2, exitCode);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_is_missing_without_a_stack_trace()
    {
        await AssertFailsAsync($"There is no folder {folder["none"]}", "none", "zoo");
        await AssertFailsAsync($"{folder["none"]}: no such folder", "model", "none");
        await AssertFailsAsync($"{folder["model"]} has no VQAv2 questions", "model", "model");
        File.Copy(folder[Questions], folder["zoo/v2_OpenEnded_mscoco_train2014_questions.json"]);
        await AssertFailsAsync($"{folder["zoo"]} has several splits: train2014, val2014.", "model", "zoo");
        await AssertFailsAsync($"{folder["zoo/v2_mscoco_train2014_annotations.json"]}: no such file", "model", "zoo", "--split", "train2014");
    }

    [Fact]
    public async Task Refuses_a_model_without_an_answer_head()
    {
        ZooModel.SaveWithoutAnswerHead(folder["body"]);
        await AssertFailsAsync($"{folder["body"]} is not a complete question-answering model", "body", "zoo");
    }

    private async Task AssertFailsAsync(string expected, string model, string data, params string[] more)
    {
        var (exitCode, _, error) = await ViltProgram.RunAsync(["evaluate", folder[model], "--data", folder[data], .. more]);
        Assert.Equal(1, exitCode);
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private VqaEvaluation Evaluate(IReadOnlyList<VqaExample> examples, MeanColor? mean)
    {
        using var vqa = VqaPipeline.From(folder["model"]);
        var dataset = new VqaDataset(examples, vqa.Processor, vqa.Answers, mean);
        return Evaluator.Evaluate(vqa.Model, dataset, cancellationToken: TestContext.Current.CancellationToken);
    }

    private void Rewrite(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(folder[file]))!;
        change(json);
        File.WriteAllText(folder[file], json.ToJsonString());
    }

    private static string LastLine(string output) => output.TrimEnd('\n').Split('\n')[^1];
}
