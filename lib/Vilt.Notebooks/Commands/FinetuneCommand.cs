using System.CommandLine;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Notebooks.Training;
using Vilt.Processing;
using Vilt.Training;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt train finetune</c>: a model that answers, from a pre-trained body.</summary>
internal static class FinetuneCommand
{
    public static readonly string[] Examples =
    [
        "vilt train finetune --body models/mlm --data data/zoo --out models/vqa --steps 2000 --test data/unseen",
        "vilt train finetune --body models/vqa --data data/zoo --out models/counts --repeat \"how many=3\"   more of what it gets wrong",
    ];

    public static Command Create()
    {
        var body = new Option<string>("--body") { Description = "The pre-trained model: its folder, or its name on the Hugging Face hub.", HelpName = "M", Required = true };
        var test = new Option<string?>("--test") { Description = "Another data set, on which to track the accuracy.", HelpName = "DIR" };
        var testEvery = CountOption.WithDefault("--test-every", "Steps between measurements.", 250);
        var testLimit = CountOption.WithDefault("--test-limit", "How many of its questions are asked.", 500);
        var repeat = RepeatedTypes.Option();
        var arguments = new TrainArguments();
        var command = new Command("finetune", "Trains body and a new answer head: its answers are those that the data gives to nine or more questions.")
        {
            body, test, testEvery, testLimit, repeat,
        };
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed);
            var questions = parsed.GetValue(test) is { } folder ? DataOptions.Read(folder, split: null, parsed.GetValue(testLimit)) : [];
            return FinetuneAsync(
                parsed.GetRequiredValue(body), plan, RepeatedTypes.Of(parsed.GetValue(repeat)!), questions, parsed.GetValue(testEvery), cancellation);
        });
        return command;
    }

    private static async Task<int> FinetuneAsync(
        string body, TrainPlan plan, RepeatedTypes repeated, IReadOnlyList<VqaExample> questions, int testEvery, CancellationToken cancellation)
    {
        var examples = DataOptions.Read(plan.Data, plan.Split, limit: null);
        using var alone = TrainingLock.Take(plan.Output);
        var asked = repeated.In(examples);
        var answers = FrequentAnswers.Of(examples.Select(example => example.Annotation!));
        var checkpoint = ViltCheckpoint.From(body, progress: new DownloadLog(Console.Error));
        var processor = checkpoint.Processor();
        var (model, report) = checkpoint.QuestionAnswering(answers.Answers, plan.Options.Seed);
        using var owned = model;
        Console.Out.WriteLine(report);
        using var trainer = new Trainer(model, plan.Options with { Origin = checkpoint.ContentHash() });
        var dataset = new VqaDataset(asked, processor, answers);
        var accuracies = questions.Count == 0 ? null : new AccuracyLog(plan.Output, model, new(questions, processor, answers), testEvery, cancellation);
        await plan.RunAsync(asked.Count, progress => trainer.Train(dataset, progress, cancellation), accuracies is null ? null : accuracies.After, cancellation);
        ViltCheckpoint.Save(plan.Output, model, processor);
        accuracies?.Draw();
        Console.Out.WriteLine($"Fine-tuned: {Path.GetFullPath(plan.Output)}");
        return ExitCode.Success;
    }
}
