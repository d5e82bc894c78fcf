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
    private readonly nn.Module model;
    private readonly ViltConfig config;
    private readonly TrainingOptions options;
    private readonly Func<TBatch, Tensor> lossOf;
    private readonly AdamW optimizer;
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
        optimizer = new AdamW(model, options.HeadLearningRateFactor);
    }

    /// <summary>The device it computes on.</summary>
    public Device Device { get; }

    /// <inheritdoc cref="Trainer.Losses"/>
    public IReadOnlyList<float> Losses => losses;

    /// <inheritdoc cref="Trainer.Step"/>
    public float Step(TBatch batch) => Step(batch, options.LearningRate);

    /// <inheritdoc cref="Trainer.Train"/>
    /// <param name="loader">Gives the batches.</param>
    /// <param name="examples">What they are made of.</param>
    /// <param name="progress">Receives the progress after each step.</param>
    /// <param name="cancellationToken">Cancels the run between two steps.</param>
    public TrainingHistory Train(
        DataLoader<TBatch> loader, IEnumerable<VqaExample> examples, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var total = options.Steps ?? options.Epochs * loader.BatchCount;
        TrainingCheckpoint? checkpoint = options.CheckpointFolder is null ? null
            : new(options, model, config, optimizer, new(loader.Count, ExamplesHash.Of(examples), origin));
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
        return new TrainingHistory([.. losses], loader.BatchCount);
    }

    public void Dispose() => optimizer.Dispose();

    private void Run(
        DataLoader<TBatch> loader, int total, Action keep, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var schedule = new LearningRateSchedule(options.LearningRate, options.WarmupSteps, options.CosineDecay, total);
        var clock = new TrainingClock(losses.Count, total, loader.BatchCount);
        while (losses.Count < total)
        {
            var (epoch, done) = Math.DivRem(losses.Count, loader.BatchCount);
            foreach (var batch in loader.Epoch(epoch, done, cancellationToken))
            {
                using (batch)
                {
                    manual_seed((long)options.Seed + losses.Count).Dispose();
                    losses.Add(Step(batch, schedule.At(losses.Count)));
                }

                progress?.Report(clock.ProgressAfter(losses.Count, losses[^1]));
                if (losses.Count % options.CheckpointEvery == 0)
                {
                    keep();
                }

                if (losses.Count % loader.BatchCount == 0)
                {
                    options.EpochEnded?.Invoke(losses.Count / loader.BatchCount);
                }

                if (losses.Count == total)
                {
                    break;
                }
            }
        }
    }

    private float Step(TBatch batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var mode = new TrainingMode(model, isTraining: true);
        using var precision = options.BFloat16 ? MixedPrecision.Begin() : null;
        using var recomputation = Recomputation.Begin();
        model.zero_grad();
        var loss = lossOf(batch); // ()
        var value = loss.item<float>();
        if (!float.IsFinite(value))
        {
            throw NotFinite("loss", value, learningRate, "the step was not taken");
        }

        Update(recomputation, loss, learningRate);
        steps++;
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
