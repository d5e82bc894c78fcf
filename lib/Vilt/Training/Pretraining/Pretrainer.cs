using Vilt.Model;
using Vilt.Processing;

namespace Vilt.Training.Pretraining;

/// <summary>
/// Pre-trains a ViLT with the objectives of its paper (Kim et al. 2021, section 3.2): it predicts hidden words of a text from the rest
/// and the picture, and whether picture and text belong together. Texts are questions with their most common answers, or without them; then
/// the answers are predicted at [CLS].
/// </summary>
public sealed class Pretrainer : IDisposable
{
    private readonly TrainingOptions options;
    private readonly PatchNames? patchNames;
    private readonly PretrainingModel model;
    private readonly TrainingRun<PretrainingBatch> run;

    /// <summary>Prepares the training of a model, which moves to the device of the options and stays there.</summary>
    /// <param name="model">Body and masked-language head; it stays the caller's.</param>
    /// <param name="options">How to train.</param>
    /// <param name="patchNames">What the patches show, for a data set that knows it; null trains without.</param>
    /// <exception cref="ArgumentException">An option is for fine-tuning only.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Pretrainer(ViltForMaskedLM model, TrainingOptions options, PatchNames? patchNames = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        if (options is { PieceSize: not null } or { BySize: true } or { Augmentation: not null })
        {
            throw new ArgumentException("Batches in pieces or by size, and changed pictures, are for fine-tuning only.", nameof(options));
        }

        (this.options, this.patchNames) = (options, patchNames);
        TorchSharp.torch.manual_seed(options.Seed).Dispose(); // for the new heads
        this.model = new PretrainingModel(model, patchNames?.Count);
        run = new(this.model, model.Config, options, batch => this.model.call(batch.To(run!.Device)));
    }

    /// <inheritdoc cref="Trainer.Train"/>
    public TrainingHistory Train(
        VqaDataset dataset, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        AnnotatedDataset.Check(dataset);
        var batches = new PretrainingBatches(dataset, patchNames, options.Seed, options.SkipUnreadable);
        var loader = new DataLoader<PretrainingBatch>(dataset.Count, options.BatchSize, shuffle: true, options.Seed, batches.Make);
        return run.Train(loader, dataset.Examples, progress, cancellationToken);
    }

    /// <summary>Frees the optimizer's moments and the heads that only training needs; the model stays the caller's.</summary>
    public void Dispose()
    {
        run.Dispose();
        model.DisposeHeads();
    }
}
