using Vilt.Data;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Training;

/// <summary>Measures how well a model answers, by the official VQA accuracy.</summary>
public static class Evaluator
{
    /// <summary>
    /// Has a model answer every question with its most probable answer and scores it, overall and by question and answer type.
    /// The model runs in evaluation mode without gradients, and returns to its earlier mode afterwards.
    /// </summary>
    /// <param name="model">The model, on any device.</param>
    /// <param name="dataset">Annotated questions.</param>
    /// <param name="batchSize">Questions answered at once.</param>
    /// <param name="progress">Receives the progress after each batch.</param>
    /// <param name="cancellationToken">Cancels the evaluation between two batches.</param>
    /// <exception cref="ArgumentException">The data set is empty, a question has no annotation, or the answers are not the model's.</exception>
    /// <exception cref="InvalidDataException">An example cannot be read, or the model's answers are not finite.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was canceled.</exception>
    public static VqaEvaluation Evaluate(
        ViltForQuestionAnswering model, VqaDataset dataset, int batchSize = 4,
        IProgress<EvaluationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        AnnotatedDataset.Check(dataset, model);
        var evaluation = new VqaEvaluation();
        var device = model.parameters().First().device;
        using var noGradients = no_grad();
        using var mode = new TrainingMode(model, isTraining: false);
        foreach (var batch in new VqaDataLoader(dataset, batchSize, shuffle: false, seed: 0).Epoch(0, 0, cancellationToken))
        {
            using (batch)
            {
                foreach (var answer in Answers(model, batch, device))
                {
                    evaluation.Add(dataset.Examples[evaluation.Count].Annotation!, dataset.Vocabulary[(int)answer]);
                }
            }

            progress?.Report(new EvaluationProgress(evaluation.Count, dataset.Count, evaluation.Overall));
        }

        return evaluation;
    }

    private static long[] Answers(ViltForQuestionAnswering model, ViltBatch batch, Device device)
    {
        using var scope = NewDisposeScope();
        var inputs = batch.To(device);
        var logits = model.call(
            inputs.InputIds, inputs.PixelValues, inputs.AttentionMask, inputs.PixelMask, inputs.TokenTypeIds, null).Logits; // (B, N)
        return logits.Finite("scores of the answers").argmax(1).cpu().data<long>().ToArray(); // (B)
    }
}
