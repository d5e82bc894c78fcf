using Vilt.Checkpoints;
using Vilt.Processing.Augmentation;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>How to train; the defaults are those of the ViLT fine-tuning tutorial.</summary>
public sealed record TrainingOptions
{
    /// <summary>AdamW's learning rate, at its peak if there is a warm-up or decay.</summary>
    public double LearningRate { get; init; } = 5e-5;

    /// <summary>
    /// How much larger the learning rate of the answer head is than the body's. A new head starts from nothing, and its
    /// large early gradients would disturb a trained body less if the body learned more slowly; ViLT's authors use 10 (lr_mult in
    /// https://github.com/dandelin/ViLT, config.py).
    /// </summary>
    public double HeadLearningRateFactor { get; init; } = 1;

    /// <summary>Steps over which the learning rate rises from 0 to <see cref="LearningRate"/>.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>The same as a share of the run's steps, such as 0.1; not null, it counts instead of <see cref="WarmupSteps"/>.</summary>
    public double? WarmupShare { get; init; }

    /// <summary>How the learning rate changes after the warm-up.</summary>
    public LearningRateDecay Decay { get; init; }

    /// <summary>AdamW's β₂: how slowly its mean square of the gradients changes.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>AdamW's weight decay.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Whether the weight decay is applied to biases and layer norms, too.</summary>
    public bool DecayBiasesAndNorms { get; init; } = true;

    /// <summary>Gradients of a larger norm (over all weights) are scaled down to it; null leaves them as they are.</summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>How often to go through the data set.</summary>
    public int Epochs { get; init; } = 25;

    /// <summary>Steps of the run; null for as many as the <see cref="Epochs"/> have.</summary>
    public int? Steps { get; init; }

    /// <summary>Examples per step; an epoch's last step takes what is left.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>
    /// How many of a step's examples are computed at once; their gradients add up to the same, up to rounding, in less memory. It divides
    /// <see cref="BatchSize"/>. Null: all at once.
    /// </summary>
    public int? PieceSize { get; init; }

    /// <summary>
    /// Bytes that blocks may keep for the backward pass. Where a batch needs more, each block keeps its input alone and is computed once
    /// more: a third more time, less memory. Null: half of the memory that is free when the training is prepared; 512 MiB on a GPU.
    /// </summary>
    public long? ActivationBytes { get; init; }

    /// <summary>Whether pictures of similar size come together, so that less is padding.</summary>
    public bool BySize { get; init; }

    /// <summary>How pictures are changed at random; null: not at all.</summary>
    public RandAugment? Augmentation { get; init; }

    /// <summary>
    /// What is left of the weights' moving average in each step, such as 0.999 (<see cref="Trainer.WithAverages"/>); null: none is kept.
    /// </summary>
    public double? AverageDecay { get; init; }

    /// <summary>The seed for the order of the examples and any dropout.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Whether the blocks' linear layers and attention compute in bfloat16; weights, their moments and everything else stay float32. That
    /// is faster if the processor has such instructions. The losses of five steps of ViLT-B/32 were off by up to 1.4e-5 of their value.
    /// </summary>
    public bool BFloat16 { get; init; }

    /// <summary>Where to compute; null takes <see cref="Devices.Best"/>.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Where to keep the latest state of the run, or null to keep none. A run that finds a state there resumes from it, with
    /// the same losses as if it had never been interrupted.
    /// </summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>
    /// What the weights came from, such as a checkpoint's <see cref="ViltCheckpoint.ContentHash"/>: a saved run resumes only if this is
    /// the same. Null: a hash of the body's weights when the training is prepared.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>Steps from one checkpoint to the next; there is also one at the end and on cancellation.</summary>
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>
    /// Called for each example whose picture can't be read or fetched; the next example then takes its place. By default the example is
    /// named on standard error. Null: the first such example ends the run.
    /// </summary>
    public Action<InvalidDataException>? SkipUnreadable { get; init; } =
        error => Console.Error.WriteLine($"{error.Message} The next example takes its place.");

    /// <summary>Called with the number of each epoch, from 1, when it is over, between two steps: the place to measure the model.</summary>
    public Action<int>? EpochEnded { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        if (!double.IsFinite(LearningRate) || LearningRate <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "expected a finite number above 0, such as 5e-5.");
        }

        if (!double.IsFinite(HeadLearningRateFactor) || HeadLearningRateFactor <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(HeadLearningRateFactor), HeadLearningRateFactor, "expected a finite number above 0, such as 10.");
        }

        if (MaxGradientNorm is double norm && !(norm > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(MaxGradientNorm), norm, "expected a number above 0, such as 1, or null.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        if (BatchSize % Math.Max(1, PieceSize ?? 1) != 0 || PieceSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(PieceSize), PieceSize, $"expected a number that divides {nameof(BatchSize)}, {BatchSize}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(ActivationBytes ?? 0, nameof(ActivationBytes));
        RequireShare(WarmupShare ?? 0, nameof(WarmupShare));
        RequireShare(AverageDecay ?? 0, nameof(AverageDecay));
        RequireShare(Beta2, nameof(Beta2));
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, nameof(WeightDecay));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupSteps, nameof(WarmupSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1, nameof(Epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps ?? 1, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery, 1, nameof(CheckpointEvery));
    }

    private static void RequireShare(double value, string name)
    {
        if (!(value >= 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "expected a number from 0 to below 1.");
        }
    }
}
