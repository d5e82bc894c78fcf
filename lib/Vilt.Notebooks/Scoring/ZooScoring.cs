using Vilt.Attribution;
using Vilt.Data;
using Vilt.Notebooks.Commands;
using Vilt.Scenes;

namespace Vilt.Notebooks.Scoring;

/// <summary>Scores explanations of answers about the Zoo by its masks.</summary>
/// <param name="trained">The model, which stays the caller's.</param>
/// <param name="explain">Makes what explains a model's answers.</param>
/// <param name="seed">Of the random weights that it is compared with.</param>
/// <param name="masks">What decides each question.</param>
internal sealed class ZooScoring(TrainedModel trained, Func<TrainedModel, AnswerExplainer> explain, int seed, ZooMasks masks) : IDisposable
{
    private readonly AnswerExplainer explainer = explain(trained);
    private Randomized? randomized;

    /// <summary>Scores the explanations of one question's answers; null where nothing on the picture decides it.</summary>
    public ZooScore? Score(VqaExample example, CancellationToken cancellation)
    {
        var kind = masks.Question(example.Question.QuestionId).Kind;
        var mask = masks.DecidingMask(example.Question.QuestionId);
        var picture = RgbImage.Read(example.ImagePath);
        var (height, width) = trained.Processor.ImageProcessor.GetResizedSize(picture.Height, picture.Width);
        var deciding = new DecidingPixels(mask, height, width, trained.Model.Config.PatchSize);
        return deciding.Area == 0 ? null : new(kind, Judge(explainer), Judge(RandomizedFor(example.Question.ImageId)), deciding.Chance);

        Localization Judge(AnswerExplainer by) => deciding.Judge(by.Pixels(picture, example.Question.Question, cancellation));
    }

    public void Dispose()
    {
        randomized?.Dispose();
        explainer.Dispose();
    }

    // Weights drawn once point at much the same in all pictures, and well or badly by luck: with three seeds in 27, 47 and 49 % of the cases.
    private AnswerExplainer RandomizedFor(long imageId)
    {
        if (randomized?.ImageId != imageId)
        {
            randomized?.Dispose();
            var model = trained.WithRandomWeights(SeedFor(imageId));
            randomized = new(imageId, model, explain(model));
        }

        return randomized.Explainer;
    }

    private int SeedFor(long imageId) => unchecked(seed * 1_000_003 + (int)imageId);

    private sealed record Randomized(long ImageId, TrainedModel Model, AnswerExplainer Explainer) : IDisposable
    {
        public void Dispose()
        {
            Explainer.Dispose();
            Model.Dispose();
        }
    }
}
