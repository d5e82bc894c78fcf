using System.CommandLine;
using Spectre.Console;
using Vilt.Data;
using Vilt.Notebooks.Running;
using Vilt.Processing;
using Vilt.Training;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt evaluate</c>: the official accuracy of a model on a data set.</summary>
internal static class EvaluateCommand
{
    public static readonly string[] Examples =
    [
        "vilt evaluate assets/vilt-zoo-finetuned-vqa --data data/zoo",
        "vilt evaluate assets/vilt-zoo-finetuned-vqa --data data/zoo --blind   without seeing the pictures",
        "vilt evaluate my-model --data vqa --split val2014 --limit 1000",
    ];

    public static Command Create()
    {
        var checkpoint = CheckpointArgument.Create();
        var data = DataOptions.Folder();
        var split = DataOptions.Split();
        var blind = new Option<bool>("--blind") { Description = "Replace every picture with the pictures' mean color, at the same size." };
        var batchSize = CountOption.WithDefault("--batch-size", "Questions answered at once. Affects only speed and memory.", 16);
        var limit = CountOption.Optional("--limit", "Ask only the first N questions. Default: all.");
        var command = new Command("evaluate", "Measures the official VQA accuracy; the last line reads, for example: overall 95.3")
        {
            checkpoint, data, split, blind, batchSize, limit,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var examples = DataOptions.Read(parsed.GetRequiredValue(data), parsed.GetValue(split), parsed.GetValue(limit));
            return EvaluateAsync(
                parsed.GetRequiredValue(checkpoint), examples, parsed.GetValue(blind), parsed.GetValue(batchSize), cancellation);
        });
        return command;
    }

    private static async Task<int> EvaluateAsync(
        string checkpoint, IReadOnlyList<VqaExample> examples, bool blind, int batchSize, CancellationToken cancellation)
    {
        using var vqa = CheckpointArgument.Load(checkpoint);
        var evaluation = await CountedWork.RunAsync(examples.Count, report =>
        {
            var mean = blind ? MeanColor.Of(examples.Select(example => example.FetchImage()), cancellation) : null;
            var dataset = new VqaDataset(examples, vqa.Processor, vqa.Answers, mean);
            var progress = new PromptProgress<EvaluationProgress>(state => report(state.Questions, state.ToString()));
            return Evaluator.Evaluate(vqa.Model, dataset, batchSize, progress, cancellation);
        }, cancellation);
        Write("question type", evaluation.ByQuestionType, examples.CountBy(example => example.Annotation!.QuestionType));
        Write("answer type", evaluation.ByAnswerType, examples.CountBy(example => example.Annotation!.AnswerType));
        Console.Out.WriteLine($"overall {evaluation.Overall:0.0}");
        return ExitCode.Success;
    }

    private static void Write(
        string what, IReadOnlyDictionary<string, double> accuracies, IEnumerable<KeyValuePair<string, int>> counts)
    {
        var table = new Table { Border = TableBorder.Simple }
            .AddColumns(new TableColumn(what), new TableColumn("questions").RightAligned(), new TableColumn("accuracy %").RightAligned());
        foreach (var (type, count) in counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.AddRow(Markup.Escape(type), $"{count}", $"{accuracies[type]:0.0}");
        }

        AnsiConsole.Write(table);
    }
}
