using System.CommandLine;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Model;
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
        "vilt train finetune --recipe vilt --body dandelin/vilt-b32-mlm --data data/vqav2 --split train2014 --split val2014 --out models/vqav2",
    ];

    public static Command Create()
    {
        var body = new Option<string>("--body") { Description = "The pre-trained model: its folder, or its name on the Hugging Face hub.", HelpName = "M", Required = true };
        var test = new Option<string?>("--test") { Description = "Another data set, on which to track the accuracy.", HelpName = "DIR" };
        var testEvery = CountOption.WithDefault("--test-every", "Steps between measurements.", 250);
        var testLimit = CountOption.WithDefault("--test-limit", "How many of its questions are asked.", 500);
        var repeat = RepeatedTypes.Option();
        var arguments = new FinetuneArguments();
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
        string body, FinetunePlan plan, RepeatedTypes repeated, IReadOnlyList<VqaExample> questions, int testEvery, CancellationToken cancellation)
    {
        var output = plan.Training.Output;
        var (examples, heldOut) = plan.Examples();
        using var alone = TrainingLock.Take(output);
        var asked = repeated.In(examples);
        var answers = FrequentAnswers.Of(examples.Select(example => example.Annotation!), plan.Recipe.AnswersOf);
        var checkpoint = ViltCheckpoint.From(body, progress: new DownloadLog(Console.Error));
        var processor = plan.Sized(checkpoint.Processor());
        var (model, report) = checkpoint.QuestionAnswering(answers.Answers, plan.Training.Options.Seed);
        using var owned = model;
        Console.Out.WriteLine(report);
        if (plan.Rank is int rank)
        {
            LowRankAdaptation.AddTo(model, rank, plan.Training.Options.Seed);
        }

        using var trainer = new Trainer(model, plan.Options(checkpoint.ContentHash()));
        Console.Out.WriteLine($"Up to {trainer.ActivationBytes >> 20} MiB are kept for the backward pass; beyond that, blocks are computed twice (--activation-memory).");
        var finetuned = new FinetunedModel(model, trainer, processor, isAdapted: plan.Rank is not null);
        var best = Path.Combine(output, "best");
        AccuracyLog[] logs = [.. Log("accuracy", questions), .. Log("held-out", heldOut, () => finetuned.Save(best))];
        var dataset = new VqaDataset(asked, processor, answers);
        await plan.Training.RunAsync(
            asked.Count, progress => trainer.Train(dataset, progress, cancellation), progress => Array.ForEach(logs, log => log.After(progress)), cancellation);
        if (heldOut.Count > 0)
        {
            FinetunedModel.Copy(best, output);
        }
        else
        {
            finetuned.Save(output);
        }

        Array.ForEach(logs, log => log.Draw());
        Console.Out.WriteLine($"Fine-tuned: {Path.GetFullPath(output)}");
        return ExitCode.Success;

        IEnumerable<AccuracyLog> Log(string name, IReadOnlyList<VqaExample> measured, Action? improved = null) => measured.Count == 0 ? []
            : [new(output, name, finetuned.Accuracy, new(measured, processor, answers), testEvery, cancellation) { Improved = improved }];
    }
}
