using System.CommandLine;
using System.Globalization;
using Vilt.Notebooks.Commands;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Training;

/// <summary>The options that pre-training and fine-tuning share.</summary>
internal sealed class TrainArguments
{
    private const string RunFolder = "training";

    private readonly Option<string> data = DataOptions.Folder();
    private readonly Option<string[]> split = new("--split")
    {
        Description = "Which split, such as train2014, if the folder has several. May be given for several, which are joined in this order.",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string> output = new("--out") { Description = "Where the model goes. A stopped run continues from here.", HelpName = "DIR", Required = true };
    private readonly Option<int?> steps = CountOption.Optional("--steps", "Steps of the run, instead of --epochs.");
    private readonly Option<int?> epochs = CountOption.Optional("--epochs", "How often to go through the data. Default: 10.");
    private readonly Option<int?> batchSize = CountOption.Optional("--batch-size", "Examples per step. Default: 32; vilt: 256.");
    private readonly Option<double?> learningRate = NumberOption.Optional("--learning-rate", "The peak learning rate of AdamW. Default: 1e-3; vilt: 1e-4.", "X");
    private readonly Option<string?> warmup = new("--warmup") { Description = "Steps over which the learning rate rises, or a share of them. Default: 200; vilt: 10%.", HelpName = "N|P%" };
    private readonly Option<int> seed = new("--seed") { Description = "Seed for new weights and the order of examples.", HelpName = "S", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> device = new("--device") { Description = "cpu, cuda or mps. Default: the fastest available.", HelpName = "NAME" };
    private readonly Option<bool> bfloat16 = new("--bf16") { Description = "Multiply in bfloat16, which is faster on some machines; weights stay float32." };
    private readonly Option<int> keepEvery = CountOption.WithDefault("--keep-every", "Steps between saved states.", 500);

    public TrainArguments()
    {
        warmup.Validators.Add(result =>
        {
            if (result.GetValue(warmup) is { } text && Warmup(text) is null)
            {
                result.AddError($"--warmup {text}: expected a whole number of 0 or more, or a share such as 10%.");
            }
        });
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[data, split, output, steps, epochs, batchSize, learningRate, warmup, seed, device, bfloat16, keepEvery])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads them; a recipe says what is left out.</summary>
    public TrainPlan Read(ParseResult parsed, TrainingRecipe recipe)
    {
        var folder = parsed.GetRequiredValue(output);
        var (warmupSteps, warmupShare) = Warmup(parsed.GetValue(warmup) ?? recipe.Warmup)!.Value;
        return new(parsed.GetRequiredValue(data), parsed.GetValue(split)!, folder, new()
        {
            Steps = parsed.GetValue(steps),
            Epochs = parsed.GetValue(epochs) ?? recipe.Epochs,
            BatchSize = parsed.GetValue(batchSize) ?? recipe.BatchSize,
            LearningRate = parsed.GetValue(learningRate) ?? recipe.LearningRate,
            WarmupSteps = warmupSteps,
            WarmupShare = warmupShare,
            Decay = recipe.Decay,
            MaxGradientNorm = recipe.MaxGradientNorm,
            Seed = parsed.GetValue(seed),
            Device = parsed.GetValue(device) is { } name ? DeviceOf(name) : null,
            BFloat16 = parsed.GetValue(bfloat16),
            CheckpointFolder = Path.Combine(folder, RunFolder),
            CheckpointEvery = parsed.GetValue(keepEvery),
        });
    }

    // Steps, or a share of them; null if it is neither.
    private static (int Steps, double? Share)? Warmup(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var steps))
        {
            return (steps, null);
        }

        return text.EndsWith('%') && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent < 100
            ? (0, percent / 100)
            : null;
    }

    /// <summary>A device by its name; the error for a wrong name lists the right ones.</summary>
    private static Device DeviceOf(string name) => name switch
    {
        "cpu" => CPU,
        "cuda" when cuda.is_available() => CUDA,
        "mps" when mps_is_available() => MPS,
        "cuda" or "mps" => throw new InvalidDataException($"--device {name}: this machine, or the libtorch that was built in, does not have it. Leave the option out."),
        _ => throw new InvalidDataException($"--device {name}: expected cpu, cuda or mps."),
    };
}
