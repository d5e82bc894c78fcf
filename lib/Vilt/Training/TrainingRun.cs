using System.Globalization;
using TorchSharp;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>Trains a module: steps of AdamW on the loss of shuffled batches, with a saved state to resume a run from.</summary>
internal sealed class TrainingRun<TBatch> : IDisposable where TBatch : class, IDisposable
{
    private const long OnGpu = 1L << 29; // libtorch's binding does not tell how much is free there

    private readonly nn.Module model;
    private readonly ViltConfig config;
    private readonly TrainingOptions options;
    private readonly Func<TBatch, Tensor> lossOf;
    private readonly AdamW optimizer;
    private readonly ExponentialAverage? average;
    private readonly string origin;
    private readonly List<float> losses = [];
    private int steps;

    /// <param name="model">What is trained; it moves to the options' device and stays there.</param>
    /// <param name="config">The shape of the ViLT in it.</param>
    /// <param name="options">How to train.</param>
    /// <param name="lossOf">The loss () of a batch, in the current dispose scope, with the model in training mode.</param>
    public TrainingRun(nn.Module model, ViltConfig config, TrainingOptions options, Func<TBatch, Tensor> lossOf)
    {
        options.Validate();
        (this.model, this.config, this.options, this.lossOf) = (model, config, options, lossOf);
        origin = options.Origin ?? (options.CheckpointFolder is null ? "" : TrainingSource.HashOf(model));
        Device = options.Device ?? Devices.Best();
        model.to(Device);
        ActivationBytes = options.ActivationBytes ?? (Device.type == DeviceType.CPU ? FreeMemory.Bytes() / 2 : OnGpu);
        optimizer = new AdamW(model, new(options.HeadLearningRateFactor, options.Beta2, options.WeightDecay, options.DecayBiasesAndNorms));
        average = options.AverageDecay is double decay ? new(model, decay) : null;
    }

    /// <inheritdoc cref="Trainer.ActivationBytes"/>
    public long ActivationBytes { get; }

    /// <summary>The device it computes on.</summary>
    public Device Device { get; }

    /// <inheritdoc cref="Trainer.Losses"/>
    public IReadOnlyList<float> Losses => losses;

    /// <inheritdoc cref="Trainer.Step"/>
    public float Step(TBatch batch) => Step([(batch, 1)], options.LearningRate);

    /// <inheritdoc cref="Trainer.WithAverages"/>
    public IDisposable? WithAverages() => average?.InPlaceOfWeights();

    /// <inheritdoc cref="Trainer.Train"/>
    /// <param name="loader">Gives the batches.</param>
    /// <param name="examples">What they are made of.</param>
    /// <param name="progress">Receives the progress after each step.</param>
    /// <param name="cancellationToken">Cancels the run between two steps.</param>
    public TrainingHistory Train(
        DataLoader<TBatch> loader, IEnumerable<VqaExample> examples, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var stepsPerEpoch = StepsPerEpoch(loader);
        var total = options.Steps ?? options.Epochs * stepsPerEpoch;
        TrainingCheckpoint? checkpoint = options.CheckpointFolder is null ? null
            : new(options, model, config, optimizer, average, new(loader.Count, ExamplesHash.Of(examples), origin));
        if (losses.Count == 0 && checkpoint is not null)
        {
            losses.AddRange(checkpoint.Load(total));
        }

        steps = losses.Count;
        using var mode = new TrainingMode(model, isTraining: true);
        try
        {
            Run(loader, total, () => checkpoint?.Save(losses, total), progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(losses, total);
            throw;
        }
        finally
        {
            model.zero_grad();
        }

        checkpoint?.Save(losses, total);
        return new TrainingHistory([.. losses], stepsPerEpoch);
    }

    public void Dispose()
    {
        optimizer.Dispose();
        average?.Dispose();
    }

    private int StepsPerEpoch(DataLoader<TBatch> loader) => (loader.Count + options.BatchSize - 1) / options.BatchSize;

    private void Run(
        DataLoader<TBatch> loader, int total, Action keep, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var warmup = options.WarmupShare is double share ? (int)(share * total) : options.WarmupSteps;
        var schedule = new LearningRateSchedule(options.LearningRate, warmup, options.Decay, total);
        var stepsPerEpoch = StepsPerEpoch(loader);
        var clock = new TrainingClock(losses.Count, total, stepsPerEpoch);
        while (losses.Count < total)
        {
            var (epoch, done) = Math.DivRem(losses.Count, stepsPerEpoch);
            var piecesPerStep = options.BatchSize / (options.PieceSize ?? options.BatchSize);
            using var batches = loader.Epoch(epoch, done * piecesPerStep, cancellationToken).GetEnumerator();
            for (var step = done; step < stepsPerEpoch && losses.Count < total; step++)
            {
                manual_seed((long)options.Seed + losses.Count).Dispose();
                var examples = Math.Min(options.BatchSize, loader.Count - step * options.BatchSize);
                losses.Add(Step(Pieces(batches, examples), schedule.At(losses.Count)));
                progress?.Report(clock.ProgressAfter(losses.Count, losses[^1]));
                if (losses.Count % options.CheckpointEvery == 0)
                {
                    keep();
                }

                if (losses.Count % stepsPerEpoch == 0)
                {
                    options.EpochEnded?.Invoke(losses.Count / stepsPerEpoch);
                }
            }
        }
    }

    // The pieces of a step's batch, each with its share of the examples; each is freed before the next is taken.
    private IEnumerable<(TBatch Piece, double Share)> Pieces(IEnumerator<TBatch> batches, int examples)
    {
        var size = options.PieceSize ?? options.BatchSize;
        for (var done = 0; done < examples && batches.MoveNext(); done += size)
        {
            using var batch = batches.Current;
            yield return (batch, (double)Math.Min(size, examples - done) / examples);
        }
    }

    private float Step(IEnumerable<(TBatch Piece, double Share)> batch, double learningRate)
    {
        using var mode = new TrainingMode(model, isTraining: true);
        using var precision = options.BFloat16 ? MixedPrecision.Begin() : null;
        model.zero_grad();
        double loss = 0, done = 0;
        foreach (var (piece, share) in batch)
        {
            done += share;
            var isLast = done > 1 - share / 2;
            loss += share * Backward(piece, share, learningRate, isLast);
        }

        average?.Add();
        steps++;
        return (float)loss;
    }

    // The gradients of a piece are added to those of the pieces before; the last one's complete them, and the weights move.
    private float Backward(TBatch piece, double share, double learningRate, bool isLast)
    {
        using var scope = NewDisposeScope();
        using var recomputation = Recomputation.Begin(ActivationBytes);
        using var weight = share.ToScalar();
        var loss = lossOf(piece); // ()
        var value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw NotFinite("loss", value, learningRate, "the step was not taken");
        }

        if (isLast)
        {
            Update(recomputation, loss.mul(weight), learningRate);
        }
        else
        {
            recomputation.Backward(loss.mul(weight), afterEach: () => { });
        }

        return value;
    }

    // A weight moves as soon as its gradient is known, which is then freed, unless all gradients are clipped together.
    private void Update(Recomputation recomputation, Tensor loss, double learningRate)
    {
        if (options.MaxGradientNorm is double most)
        {
            recomputation.Backward(loss, afterEach: () => { });
            var norm = nn.utils.clip_grad_norm_(model.parameters(), most);
            if (!double.IsFinite(norm))
            {
                throw NotFinite("norm of the gradients", norm, learningRate, "the step was not taken");
            }

            optimizer.BeginStep(learningRate);
        }
        else
        {
            optimizer.BeginStep(learningRate);
            recomputation.Backward(loss, afterEach: optimizer.MoveWeights);
        }

        optimizer.MoveWeights();
        if (!optimizer.IsFinite())
        {
            throw NotFinite("largest change of a weight", double.NaN, learningRate, "the model in memory is damaged, and was not kept");
        }
    }

    private NotFiniteNumberException NotFinite(string what, double value, double learningRate, string outcome) => new(
        string.Create(CultureInfo.InvariantCulture, $"The {what} is {value} at step {steps + 1} with learning rate {learningRate}; {outcome}. ") +
        "Train with a lower learning rate (5e-5 is usual) from the last checkpoint or from the start, and check that pictures and labels are finite.",
        value);
}
