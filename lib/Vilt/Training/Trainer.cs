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
    private readonly TrainingRun<ViltBatch> run;

    /// <summary>Prepares the training of a model, which moves to the device of the options and stays there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Trainer(ViltForQuestionAnswering model, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        (this.model, this.options) = (model, options);
        run = new(model, model.Config, options, Loss);
    }

    /// <summary>The loss of each step of the run so far, also of one that was interrupted.</summary>
    public IReadOnlyList<float> Losses => run.Losses;

    /// <summary>Bytes that blocks may keep for the backward pass before they are computed twice (<see cref="TrainingOptions.ActivationBytes"/>).</summary>
    public long ActivationBytes => run.ActivationBytes;

    /// <summary>Takes one step on a batch with labels: forward, loss, backward, update.</summary>
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

        return run.Step(batch);
    }

    /// <summary>
    /// Trains over the epochs of the options. A run that was canceled, here or in an earlier process with the same checkpoint
    /// folder, resumes where it stopped; one that is complete is not repeated. Torch's random numbers are seeded again before
    /// each step, so that dropout depends only on seed and step.
    /// </summary>
    /// <param name="dataset">Annotated questions.</param>
    /// <param name="progress">Receives the progress after each step.</param>
    /// <param name="cancellationToken">
    /// Cancels the run between two steps: the model is usable, and a checkpoint is saved if there is a folder for it.
    /// </param>
    /// <returns>The losses of the run from its first step on.</returns>
    /// <exception cref="ArgumentException">The data set is empty, a question has no annotation, or the answers are not the model's.</exception>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is damaged or from another run, or examples cannot be read (<see cref="TrainingOptions.SkipUnreadable"/>).
    /// </exception>
    /// <exception cref="NotFiniteNumberException">A loss is infinite or not a number.</exception>
    /// <exception cref="OperationCanceledException">The run was canceled.</exception>
    public TrainingHistory Train(
        VqaDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        AnnotatedDataset.Check(dataset, model);
        var loader = new VqaDataLoader(dataset, options.PieceSize ?? options.BatchSize, shuffle: true, options.Seed, options.SkipUnreadable)
        {
            BySize = options.BySize,
            Augmentation = options.Augmentation,
        };
        return run.Train(loader.Loader, dataset.Examples, progress, cancellationToken);
    }

    /// <summary>
    /// Puts the averages of the weights (<see cref="TrainingOptions.AverageDecay"/>) in their place, to measure or save the model with
    /// them; the training goes on with the weights.
    /// </summary>
    /// <returns>Disposing it brings the weights back; null if no averages are kept.</returns>
    public IDisposable? WithAverages() => run.WithAverages();

    /// <summary>Frees the optimizer's moments; the model stays the caller's.</summary>
    public void Dispose() => run.Dispose();

    private Tensor Loss(ViltBatch batch) => model.forward(batch.To(run.Device)).Loss!; // ()
}
