using System.CommandLine;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Notebooks.Training;
using Vilt.Processing;
using Vilt.Scenes;
using Vilt.Training;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt train pretrain</c>: a body that knows pictures and words, from random weights.</summary>
internal static class PretrainCommand
{
    public static readonly string[] Examples =
        ["vilt train pretrain --config assets/vilt-zoo-mlm --data data/zoo --out models/mlm --steps 5000"];

    public static Command Create()
    {
        var config = new Option<string>("--config")
        {
            Description = "Folder with the model's shape, processor and vocabulary; weights in it are not used.", HelpName = "DIR", Required = true,
        };
        var arguments = new TrainArguments();
        var command = new Command("pretrain", "Trains body and masked-language head: the model tells hidden words and whether a picture fits.") { config };
        arguments.AddTo(command);
        command.SetAction((parsed, cancellation) => PretrainAsync(parsed.GetRequiredValue(config), arguments.Read(parsed), cancellation));
        return command;
    }

    private static async Task<int> PretrainAsync(string shape, TrainPlan plan, CancellationToken cancellation)
    {
        var examples = DataOptions.Read(plan.Data, plan.Split, limit: null);
        var processor = ViltProcessor.Read(shape);
        using var model = new ViltForMaskedLM(ViltConfig.Read(shape), plan.Options.Seed);
        using var pretrainer = new Pretrainer(model, plan.Options, NamesOf(plan.Data));
        var dataset = new VqaDataset(examples, processor, FrequentAnswers.Of(examples.Select(example => example.Annotation!), atLeast: 1));
        await plan.RunAsync(examples.Count, progress => pretrainer.Train(dataset, progress, cancellation), afterStep: null, cancellation);
        ViltCheckpoint.Save(plan.Output, model, processor);
        Console.Out.WriteLine($"Pre-trained: {Path.GetFullPath(plan.Output)}");
        return ExitCode.Success;
    }

    private static PatchNames? NamesOf(string data) => ZooMasks.AreIn(data) ? ZooPatchNames.From(ZooMasks.Read(data)) : null;
}
