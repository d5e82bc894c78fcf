using System.CommandLine;
using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Downloads;
using Vilt.Model;
using Vilt.Notebooks.Training;
using Vilt.Processing;
using Vilt.Scenes;
using Vilt.Training.Pretraining;

namespace Vilt.Notebooks.Commands;

/// <summary><c>vilt train pretrain</c>: a body that knows pictures and words, from random weights.</summary>
internal static class PretrainCommand
{
    public static readonly string[] Examples =
        ["vilt train pretrain --config assets/vilt-zoo-mlm --data data/zoo --out models/mlm --steps 5000"];

    public static Command Create()
    {
        var config = new Option<string?>("--config") { Description = "A model whose shape, processor and vocabulary the new one gets: its folder, or its name on the Hugging Face hub.", HelpName = "M" };
        var body = new Option<string?>("--body") { Description = "A pre-trained model to continue from, instead of a new one: its folder or name.", HelpName = "M" };
        var arguments = new TrainArguments();
        var command = new Command("pretrain", "Trains body and masked-language head: the model predicts hidden words and whether a picture fits.") { config, body };
        arguments.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(config) is null == result.GetValue(body) is null)
            {
                result.AddError("Give either --config or --body, not both.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            var plan = arguments.Read(parsed, TrainingRecipe.Zoo);
            var checkpoint = ViltCheckpoint.From(parsed.GetValue(body) ?? parsed.GetValue(config)!, progress: new DownloadLog(Console.Error));
            var processor = checkpoint.Processor();
            var model = parsed.GetValue(body) is null ? new ViltForMaskedLM(checkpoint.Config, plan.Options.Seed) : checkpoint.MaskedLM().Model;
            var origin = $"{(parsed.GetValue(body) is null ? "shape" : "weights")} of {checkpoint.ContentHash()}";
            return PretrainAsync(model, processor, plan with { Options = plan.Options with { Origin = origin } }, cancellation);
        });
        return command;
    }

    private static async Task<int> PretrainAsync(ViltForMaskedLM model, ViltProcessor processor, TrainPlan plan, CancellationToken cancellation)
    {
        using var owned = model;
        var examples = plan.Examples();
        using var alone = TrainingLock.Take(plan.Output);
        using var pretrainer = new Pretrainer(model, plan.Options, NamesOf(plan.Data));
        var dataset = new VqaDataset(examples, processor, FrequentAnswers.Of(examples.Select(example => example.Annotation!), atLeast: 1));
        await plan.RunAsync(examples.Count, progress => pretrainer.Train(dataset, progress, cancellation), afterStep: null, cancellation);
        ViltCheckpoint.Save(plan.Output, model, processor);
        Console.Out.WriteLine($"Pre-trained: {Path.GetFullPath(plan.Output)}");
        return ExitCode.Success;
    }

    private static PatchNames? NamesOf(string data) => ZooMasks.AreIn(data) ? ZooPatchNames.From(ZooMasks.Read(data)) : null;
}
