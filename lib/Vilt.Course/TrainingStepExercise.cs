using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using Vilt.Model;
using Vilt.Processing;
using static TorchSharp.torch;

namespace Vilt.Course;

/// <summary>Notebook 3: one step of the training loop.</summary>
[StackTraceHidden]
public static class TrainingStepExercise
{
    private const double LearningRate = 0.1, Tolerance = 1e-5;

    // As small as a ViLT can be: the check takes milliseconds.
    private static readonly ViltConfig Small = new()
    {
        VocabSize = 8,
        MaxPositionEmbeddings = 4,
        HiddenSize = 8,
        NumHiddenLayers = 1,
        NumAttentionHeads = 1,
        IntermediateSize = 8,
        ImageSize = 16,
        PatchSize = 8,
        Id2Label = ["yes", "no", "2"],
    };

    /// <summary>Checks the step, on a model of its own.</summary>
    /// <param name="trainingStep">Trains the model on a batch, and gives the loss before the step.</param>
    /// <param name="name">The variable, as the cell has it.</param>
    /// <returns>What was understood.</returns>
    /// <exception cref="ExerciseException">It is not done, or not right.</exception>
    public static string Check(Delegate? trainingStep, [CallerArgumentExpression(nameof(trainingStep))] string name = "")
    {
        var given = Answer.Of<Func<ViltForQuestionAnswering, optim.Optimizer, ViltBatch, double>>(
            trainingStep, name, "a function from model, optimizer and batch to double");
        using var scope = NewDisposeScope();
        var (loss, weights) = Try(given);
        var (rightLoss, rightWeights) = Try(Step);
        var (_, accumulated) = Try(StepWithoutClearing);
        using var untouched = new ViltForQuestionAnswering(Small);
        if (Same(weights, Weights(untouched)))
        {
            throw new ExerciseException(
                "No weight has moved.", "Look at the last lines: are there gradients, and does the optimizer take its step?");
        }

        if (Same(weights, accumulated))
        {
            throw new ExerciseException(
                "The step follows more than this batch's gradient.", "Gradients add up. Look at the start: what of the batch before is still there?");
        }

        if (!Same(weights, rightWeights))
        {
            throw new ExerciseException(
                "The weights moved, but not as one step moves them.", "Look at how often each line runs, and at which loss the gradients are of.");
        }

        if (!(Math.Abs(loss - rightLoss) < Tolerance * rightLoss))
        {
            throw new ExerciseException($"It returns {loss:0.####}, and the loss is {rightLoss:0.####}.", "Look at the last line: what does it give back?");
        }

        return "Right: clear the gradients, go forward, read the loss, go backward, take the step.";
    }

    private static double Step(ViltForQuestionAnswering model, optim.Optimizer optimizer, ViltBatch batch)
    {
        optimizer.zero_grad();
        return StepWithoutClearing(model, optimizer, batch);
    }

    private static double StepWithoutClearing(ViltForQuestionAnswering model, optim.Optimizer optimizer, ViltBatch batch)
    {
        var loss = model.forward(batch).Loss!;
        loss.backward();
        optimizer.step();
        return loss.item<float>();
    }

    /// <summary>The loss of a step and the weights after it, of a model that has gradients of another batch from before.</summary>
    private static (double Loss, float[] Weights) Try(Func<ViltForQuestionAnswering, optim.Optimizer, ViltBatch, double> step)
    {
        using var model = new ViltForQuestionAnswering(Small);
        using var optimizer = optim.SGD(model.parameters(), LearningRate);
        model.train();
        model.forward(Batch(word: 1)).Loss!.backward();
        try
        {
            return (step(model, optimizer, Batch(word: 2)), Weights(model));
        }
        catch (ExternalException error) when (error.Message.Contains("inplace operation", StringComparison.Ordinal))
        {
            throw new ExerciseException("A weight changes before its gradient is there.", "Look at the order of the last lines: what does the optimizer follow?");
        }
    }

    private static ViltBatch Batch(long word)
    {
        var ids = tensor(new[] { word, 3, 4, 0 }).reshape(1, 4);
        return new(
            ids, ones_like(ids), zeros_like(ids), full([1, 3, 16, 16], 0.5.ToScalar()), ones(1, 16, 16, dtype: int64),
            tensor(new[] { 1f, 0, 0.3f }).reshape(1, 3));
    }

    private static float[] Weights(ViltForQuestionAnswering model) =>
        [.. model.parameters().SelectMany(parameter => parameter.detach().data<float>().ToArray())];

    private static bool Same(float[] a, float[] b) => a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) < Tolerance);
}
