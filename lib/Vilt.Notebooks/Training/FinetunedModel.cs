using Vilt.Checkpoints;
using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using Vilt.Training;

namespace Vilt.Notebooks.Training;

/// <summary>A model in training, as it is measured and saved: with averages of its weights, and low-rank updates merged, if there are any.</summary>
/// <param name="model">The model.</param>
/// <param name="trainer">What trains it.</param>
/// <param name="processor">Its processor.</param>
/// <param name="isAdapted">Whether it has low-rank updates.</param>
internal sealed class FinetunedModel(ViltForQuestionAnswering model, Trainer trainer, ViltProcessor processor, bool isAdapted)
{
    /// <summary>Its official accuracy on questions.</summary>
    public double Accuracy(VqaDataset questions, CancellationToken cancellation)
    {
        using var averages = trainer.WithAverages();
        return Evaluator.Evaluate(model, questions, batchSize: 32, cancellationToken: cancellation).Overall;
    }

    /// <summary>Saves it as a checkpoint of the plain shape.</summary>
    public void Save(string folder)
    {
        using var averages = trainer.WithAverages();
        using var merged = isAdapted ? LowRankAdaptation.Merged(model) : null;
        ViltCheckpoint.Save(folder, merged ?? model, processor);
    }

    /// <summary>Puts a checkpoint that was saved before in another's place; each file in one move, <c>config.json</c> last.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from).OrderBy(file => Path.GetFileName(file) == "config.json"))
        {
            using var content = File.OpenRead(file);
            AtomicFile.Write(Path.Combine(to, Path.GetFileName(file)), content.CopyTo);
        }
    }
}
