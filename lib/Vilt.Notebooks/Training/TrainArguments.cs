using System.CommandLine;
using System.CommandLine.Parsing;
using Vilt.Notebooks.Commands;
using static TorchSharp.torch;

namespace Vilt.Notebooks.Training;

/// <summary>The options that pre-training and fine-tuning share.</summary>
internal sealed class TrainArguments
{
    private const string RunFolder = "training";

    private readonly Option<string> data = DataOptions.Folder();
    private readonly Option<string?> split = DataOptions.Split();
    private readonly Option<string> output = new("--out") { Description = "Where the model goes. A stopped run continues from here.", HelpName = "DIR", Required = true };
    private readonly Option<int?> steps = CountOption.Optional("--steps", "Steps of the run, instead of --epochs.");
    private readonly Option<int> epochs = CountOption.WithDefault("--epochs", "How often to go through the data.", 10);
    private readonly Option<int> batchSize = CountOption.WithDefault("--batch-size", "Examples per step.", 32);
    private readonly Option<double> learningRate = NumberOption.WithDefault("--learning-rate", "The peak learning rate of AdamW; it falls to 0 along a cosine.", 1e-3);
    private readonly Option<int> warmup = new("--warmup") { Description = "Steps over which the learning rate rises.", HelpName = "N", DefaultValueFactory = _ => 200 };
    private readonly Option<int> seed = new("--seed") { Description = "Seed for new weights and the order of examples.", HelpName = "S", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> device = new("--device") { Description = "cpu, cuda or mps. Default: the fastest available.", HelpName = "NAME" };
    private readonly Option<bool> bfloat16 = new("--bf16") { Description = "Multiply in bfloat16, which is faster on some machines; weights stay float32." };
    private readonly Option<int> keepEvery = CountOption.WithDefault("--keep-every", "Steps between saved states.", 500);

    public TrainArguments()
    {
        warmup.Validators.Add(result => Require(result, result.GetValue(warmup) >= 0, "a whole number of 0 or more"));
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[data, split, output, steps, epochs, batchSize, learningRate, warmup, seed, device, bfloat16, keepEvery])
        {
            command.Add(option);
        }
    }

    /// <summary>Reads them.</summary>
    public TrainPlan Read(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(output);
        return new(parsed.GetRequiredValue(data), parsed.GetValue(split), folder, new()
        {
            Steps = parsed.GetValue(steps),
            Epochs = parsed.GetValue(epochs),
            BatchSize = parsed.GetValue(batchSize),
            LearningRate = parsed.GetValue(learningRate),
            WarmupSteps = parsed.GetValue(warmup),
            CosineDecay = true,
            MaxGradientNorm = 1,
            Seed = parsed.GetValue(seed),
            Device = parsed.GetValue(device) is { } name ? DeviceOf(name) : null,
            BFloat16 = parsed.GetValue(bfloat16),
            CheckpointFolder = Path.Combine(folder, RunFolder),
            CheckpointEvery = parsed.GetValue(keepEvery),
        });
    }

    private static void Require(OptionResult result, bool holds, string expected)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name} {string.Join(' ', result.Tokens)}: expected {expected}.");
        }
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
