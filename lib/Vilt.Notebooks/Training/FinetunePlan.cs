using Vilt.Data;
using Vilt.Processing;
using Vilt.Training;

namespace Vilt.Notebooks.Training;

/// <summary>The settings of a <c>vilt train finetune</c> run.</summary>
/// <param name="Training">What it shares with pre-training.</param>
/// <param name="Recipe">The recipe, as the options changed it.</param>
/// <param name="ActivationBytes">What may be kept for the backward pass; null: half of the free memory.</param>
/// <param name="AverageDecay">What is left of the weights' averages in each step; null: no averages.</param>
/// <param name="Rank">Rank of the updates that learn instead of the weights; null: the weights learn.</param>
internal sealed record FinetunePlan(TrainPlan Training, TrainingRecipe Recipe, long? ActivationBytes, double? AverageDecay, int? Rank)
{
    /// <summary>The options of the trainer.</summary>
    /// <param name="origin">What the weights come from.</param>
    public TrainingOptions Options(string origin) => Training.Options with
    {
        HeadLearningRateFactor = Recipe.HeadFactor,
        Beta2 = Recipe.Beta2,
        WeightDecay = Recipe.WeightDecay,
        DecayBiasesAndNorms = Recipe.DecayBiasesAndNorms,
        PieceSize = Recipe.PieceSize is int piece ? Math.Min(piece, Training.Options.BatchSize) : null,
        ActivationBytes = ActivationBytes,
        BySize = Recipe.BySize,
        Augmentation = Recipe.Augmentation,
        AverageDecay = AverageDecay,
        Origin = origin,
    };

    /// <summary>The body's processor, for pictures of the recipe's size.</summary>
    public ViltProcessor Sized(ViltProcessor processor) => Recipe.ShorterSide is int side
        ? processor with { ImageProcessor = processor.ImageProcessor with { ShortestEdge = side } }
        : processor;

    /// <summary>The questions to train on, and those about the last pictures, which are held out.</summary>
    /// <exception cref="InvalidDataException">All pictures would be held out.</exception>
    public (IReadOnlyList<VqaExample> Trained, IReadOnlyList<VqaExample> HeldOut) Examples()
    {
        var examples = Training.Examples();
        HashSet<long> last = [.. examples.Select(example => example.Question.ImageId).Distinct().TakeLast(Recipe.HeldOut ?? 0)];
        var parts = examples.ToLookup(example => last.Contains(example.Question.ImageId));
        return parts[false].Any() ? ([.. parts[false]], [.. parts[true]]) : throw new InvalidDataException(
            $"{Training.Data} has {last.Count} pictures, all of which would be held out: give a smaller --hold-out, or none.");
    }
}
