using Vilt.Checkpoints;
using Vilt.Model;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// The latest state of a run: a folder <c>step-…</c> with weights, optimizer moments and <see cref="TrainingState"/>. It is
/// written under another name and renamed when complete, and only then is the previous one deleted.
/// </summary>
internal sealed class TrainingCheckpoint(
    TrainingOptions options, nn.Module model, ViltConfig config, AdamW optimizer, ExponentialAverage? average, TrainingSource source)
{
    private const string Prefix = "step-";
    private const string Unfinished = ".part";
    private const string WeightsFile = "model.safetensors";
    private const string MomentsFile = "optimizer.safetensors";
    private const string AverageFile = "average.safetensors";
    private const string StateFile = "training.json";

    private readonly string folder = options.CheckpointFolder!;

    /// <summary>Keeps the state after some steps.</summary>
    public void Save(IReadOnlyList<float> losses, int steps)
    {
        var kept = Path.Combine(folder, $"{Prefix}{losses.Count:D8}");
        if (Directory.Exists(kept))
        {
            return;
        }

        var beside = Directory.CreateDirectory(kept + Unfinished).FullName;
        using (NewDisposeScope())
        {
            Safetensors.Write(Path.Combine(beside, WeightsFile), model.state_dict());
            Safetensors.Write(Path.Combine(beside, MomentsFile), optimizer.Tensors());
            if (average is not null)
            {
                Safetensors.Write(Path.Combine(beside, AverageFile), average.Tensors());
            }
        }

        config.Write(Path.Combine(beside, "config.json"));
        StateAfter(losses, steps).Write(Path.Combine(beside, StateFile));
        Directory.Move(beside, kept);
        foreach (var other in Directory.GetDirectories(folder, $"{Prefix}*"))
        {
            if (other != kept)
            {
                Directory.Delete(other, recursive: true);
            }
        }
    }

    /// <summary>Sets model and optimizer to the state that is kept and returns the losses so far: none if nothing is kept.</summary>
    /// <exception cref="InvalidDataException">The state is damaged, or from a run with other options; nothing was changed.</exception>
    /// <param name="steps">Steps of the whole run.</param>
    public IReadOnlyList<float> Load(int steps)
    {
        if (Latest() is not string kept)
        {
            return [];
        }

        var state = TrainingState.Read(Path.Combine(kept, StateFile));
        state.RequireSame(StateAfter([], steps), Path.Combine(kept, StateFile));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var weights = model.state_dict();
        using var weightsFile = Open(Path.Combine(kept, WeightsFile), weights);
        using var momentsFile = Open(Path.Combine(kept, MomentsFile), optimizer.Tensors());
        using var averageFile = average is null ? null : Open(Path.Combine(kept, AverageFile), average.Tensors());
        foreach (var (name, weight) in weights)
        {
            weightsFile.ReadInto(name, weight);
        }

        optimizer.Load(momentsFile);
        if (averageFile is not null)
        {
            average!.Load(averageFile);
        }

        return state.Losses;
    }

    private string? Latest() => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder, $"{Prefix}*")
        .Where(kept => !kept.EndsWith(Unfinished, StringComparison.Ordinal)).Max(StringComparer.Ordinal);

    private TrainingState StateAfter(IReadOnlyList<float> losses, int steps) => new()
    {
        Step = losses.Count,
        Epoch = losses.Count / ((source.Examples + options.BatchSize - 1) / options.BatchSize),
        Seed = options.Seed,
        BatchSize = options.BatchSize,
        LearningRate = options.LearningRate,
        HeadLearningRateFactor = options.HeadLearningRateFactor,
        WarmupSteps = options.WarmupShare is null ? options.WarmupSteps : 0,
        WarmupShare = options.WarmupShare,
        Decay = options.Decay == LearningRateDecay.None ? null : $"{options.Decay}",
        DecayOver = options.Decay == LearningRateDecay.None && options.WarmupShare is null ? null : steps,
        Beta2 = options.Beta2,
        WeightDecay = options.WeightDecay,
        DecayBiasesAndNorms = options.DecayBiasesAndNorms,
        BySize = options.BySize,
        Augmentation = options.Augmentation,
        AverageDecay = options.AverageDecay,
        MaxGradientNorm = options.MaxGradientNorm,
        BFloat16 = options.BFloat16,
        Examples = source.Examples,
        Origin = source.Origin,
        Data = source.Data,
        Losses = losses,
    };

    private static SafetensorsFile Open(string path, Dictionary<string, Tensor> expected)
    {
        var file = Safetensors.Open(path);
        try
        {
            foreach (var (name, tensor) in expected)
            {
                var shape = string.Join(", ", tensor.shape);
                var found = file.Contains(name) ? string.Join(", ", file.ShapeOf(name)) : "nothing";
                if (found != shape)
                {
                    throw new InvalidDataException($"{path}: {name}: expected ({shape}) as in the model, found ({found}).");
                }
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
