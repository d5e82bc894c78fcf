using System.Text.Json;
using Vilt.Data;
using Vilt.Processing.Augmentation;

namespace Vilt.Training;

/// <summary>What a checkpoint knows about its run, besides tensors: what the losses depend on, and the losses so far.</summary>
internal sealed record TrainingState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    public required int Step { get; init; }

    public required int Epoch { get; init; }

    public required int Seed { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    /// <summary>Absent in older runs: head and body learned at the same rate.</summary>
    public double HeadLearningRateFactor { get; init; } = 1;

    public required int WarmupSteps { get; init; }

    /// <summary>The warm-up as a share of the steps; null where it is a number of steps, and in older runs.</summary>
    public double? WarmupShare { get; init; }

    /// <summary>How the learning rate falls; null if it doesn't. In older runs, which have no such field, along a cosine if at all.</summary>
    public string? Decay { get; init; }

    /// <summary>Absent in older runs, as are those that follow: they had the defaults.</summary>
    public double Beta2 { get; init; } = 0.999;

    public double WeightDecay { get; init; } = 0.01;

    public bool DecayBiasesAndNorms { get; init; } = true;

    public bool BySize { get; init; }

    public RandAugment? Augmentation { get; init; }

    public double? AverageDecay { get; init; }

    /// <summary>Steps that the schedule depends on, or null if it depends on none: then a longer run begins like a shorter one.</summary>
    public required int? DecayOver { get; init; }

    public required double? MaxGradientNorm { get; init; }

    /// <summary>Absent in older runs: they computed in float32.</summary>
    public bool BFloat16 { get; init; }

    public required int Examples { get; init; }

    /// <summary>What the weights came from (<see cref="TrainingOptions.Origin"/>); null in older runs.</summary>
    public string? Origin { get; init; }

    /// <summary>The hash of the examples (<see cref="ExamplesHash"/>); null in older runs.</summary>
    public string? Data { get; init; }

    public required IReadOnlyList<float> Losses { get; init; }

    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json));

    public static TrainingState Read(string path)
    {
        try
        {
            var state = JsonSerializer.Deserialize<TrainingState>(File.ReadAllText(path), Json);
            if (state is null)
            {
                throw new JsonException("expected an object, found null.");
            }

            if (state.Losses.Count == state.Step)
            {
                return state;
            }

            throw new JsonException($"losses: expected one for each of {state.Step} steps, found {state.Losses.Count}.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}: {problem.Message}", problem);
        }
    }

    /// <summary>Refuses to resume with other options than those that the losses so far came from.</summary>
    public void RequireSame(TrainingState wanted, string path)
    {
        Require(nameof(TrainingOptions.Seed), Seed, wanted.Seed, path);
        Require(nameof(TrainingOptions.BatchSize), BatchSize, wanted.BatchSize, path);
        Require(nameof(TrainingOptions.LearningRate), LearningRate, wanted.LearningRate, path);
        Require(nameof(TrainingOptions.HeadLearningRateFactor), HeadLearningRateFactor, wanted.HeadLearningRateFactor, path);
        Require(nameof(TrainingOptions.WarmupSteps), WarmupSteps, wanted.WarmupSteps, path);
        Require(nameof(TrainingOptions.WarmupShare), WarmupShare, wanted.WarmupShare, path);
        Require("steps of the decay", DecayOver, wanted.DecayOver, path);
        Require(nameof(TrainingOptions.Decay), Decay ?? (DecayOver is null ? null : $"{LearningRateDecay.Cosine}"), wanted.Decay, path);
        Require(nameof(TrainingOptions.Beta2), Beta2, wanted.Beta2, path);
        Require(nameof(TrainingOptions.WeightDecay), WeightDecay, wanted.WeightDecay, path);
        Require(nameof(TrainingOptions.DecayBiasesAndNorms), DecayBiasesAndNorms, wanted.DecayBiasesAndNorms, path);
        Require(nameof(TrainingOptions.BySize), BySize, wanted.BySize, path);
        Require(nameof(TrainingOptions.Augmentation), Augmentation, wanted.Augmentation, path);
        Require(nameof(TrainingOptions.AverageDecay), AverageDecay, wanted.AverageDecay, path);
        Require(nameof(TrainingOptions.MaxGradientNorm), MaxGradientNorm, wanted.MaxGradientNorm, path);
        Require(nameof(TrainingOptions.BFloat16), BFloat16, wanted.BFloat16, path);
        Require("number of examples", Examples, wanted.Examples, path);
        Require("hash of the examples", Data, Data is null ? null : wanted.Data, path);
        Require("hash of the weights it began from", Origin, Origin is null ? null : wanted.Origin, path);
    }

    private static void Require<T>(string name, T kept, T wanted, string path)
    {
        if (Equals(kept, wanted))
        {
            return;
        }

        throw new InvalidDataException(
            $"{path}: the run saved here has {name} {Words(kept)}, but this one has {Words(wanted)}. " +
            $"Use the same, or give this run another {nameof(TrainingOptions.CheckpointFolder)}.");
    }

    private static string Words<T>(T value) => value is null ? "none" : $"{value}";
}
