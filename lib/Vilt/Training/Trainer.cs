using TorchSharp;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>
/// Fine-tunes ViLT as its tutorial does: the model's own loss (binary cross-entropy over soft labels, times their number) and
/// AdamW with torch's defaults (Loshchilov and Hutter 2019) on shuffled batches.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly ViltForQuestionAnswering model;
    private readonly TrainingOptions options;
    private readonly Device device;
    private readonly AdamW optimizer;
    private readonly List<float> losses = [];
    private int steps;

    /// <summary>Prepares the training of a model, which moves to the device of the options and stays there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Trainer(ViltForQuestionAnswering model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (this.model, this.options, device) = (model, options, options.Device ?? Devices.Best());
        model.to(device);
        optimizer = new AdamW(model, options.LearningRate);
    }

    /// <summary>Makes one step on a batch with labels: forward, loss, backward, update.</summary>
    /// <param name="batch">The examples, on any device; it stays the caller's.</param>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="ArgumentException">The batch has no labels, or they do not fit the model.</exception>
    /// <exception cref="NotFiniteNumberException">The loss is infinite or not a number; the weights are as before the step.</exception>
    public float Step(ViltBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Labels is null)
        {
            throw new ArgumentException("The batch has no labels: expected one made from annotated questions.", nameof(batch));
        }
        using DisposeScope scope = NewDisposeScope();
        using TrainingMode mode = new(model, isTraining: true);
        ViltBatch inputs = batch.To(device);
        model.zero_grad();
        Tensor loss = model.call(
            inputs.InputIds, inputs.PixelValues, inputs.AttentionMask, inputs.PixelMask, inputs.TokenTypeIds, inputs.Labels).Loss!; // ()
        float value = loss.item<float>();
        if (!float.IsFinite(value)) throw NotFinite(value);
        loss.backward();
        optimizer.Step();
        steps++;
        return value;
    }

    /// <summary>
    /// Trains over the epochs of the options. A run that was cancelled, here or in an earlier process whose checkpoint folder
    /// this is, goes on where it stopped; one that is complete is not made again. Torch's random numbers are seeded anew before
    /// each step, so that dropout depends on seed and step alone.
    /// </summary>
    /// <param name="dataset">Annotated questions.</param>
    /// <param name="progress">Hears of each step.</param>
    /// <param name="cancellationToken">
    /// Ends the run between two steps: the model is usable, and there is a checkpoint if there is a folder for it.
    /// </param>
    /// <returns>The losses of the run from its first step on.</returns>
    /// <exception cref="ArgumentException">The data set is empty, a question has no annotation, or the answers are not the model's.</exception>
    /// <exception cref="InvalidDataException">The checkpoint is damaged or of another run, or examples cannot be read (<see cref="TrainingOptions.SkipUnreadable"/>).</exception>
    /// <exception cref="NotFiniteNumberException">A loss is infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public TrainingHistory Train(
        VqaDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        AnnotatedDataset.Check(dataset, model);
        VqaDataLoader loader = new(dataset, options.BatchSize, shuffle: true, options.Seed, options.SkipUnreadable);
        TrainingCheckpoint? checkpoint = options.CheckpointFolder is null ? null : new(options, model, optimizer, dataset.Count);
        if (losses.Count == 0 && checkpoint is not null) losses.AddRange(checkpoint.Load());
        steps = losses.Count;
        using TrainingMode mode = new(model, isTraining: true);
        try
        {
            Run(loader, checkpoint, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            checkpoint?.Save(losses);
            throw;
        }
        finally
        {
            model.zero_grad();
        }
        checkpoint?.Save(losses);
        return new TrainingHistory([.. losses], loader.BatchCount);
    }

    /// <summary>Frees the optimizer's moments; the model stays the caller's.</summary>
    public void Dispose() => optimizer.Dispose();

    private void Run(
        VqaDataLoader loader, TrainingCheckpoint? checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        TrainingClock clock = new(losses.Count, options.Epochs, loader.BatchCount);
        while (losses.Count < options.Epochs * loader.BatchCount)
        {
            (int epoch, int done) = Math.DivRem(losses.Count, loader.BatchCount);
            foreach (ViltBatch batch in loader.Epoch(epoch, done, cancellationToken))
            {
                using (batch)
                {
                    manual_seed((long)options.Seed + losses.Count).Dispose();
                    losses.Add(Step(batch));
                }
                progress?.Report(clock.ProgressAfter(losses.Count, losses[^1]));
                if (losses.Count % options.CheckpointEvery == 0) checkpoint?.Save(losses);
            }
        }
    }

    private NotFiniteNumberException NotFinite(float loss) => new(
        $"The loss is {loss} at step {steps + 1} with learning rate {options.LearningRate}; the step was not made. Train with a lower " +
        "learning rate (5e-5 is usual) from the checkpoint before or from the start, and see that pictures and labels are finite.", loss);
}
