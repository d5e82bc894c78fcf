using TorchSharp;
using Vilt.Data;
using Vilt.Evaluation;
using Vilt.Model;
using Vilt.Pipelines;
using Vilt.Scenes;

namespace Vilt.Notebooks.Scoring;

/// <summary>Scores explanations of answers about the Zoo by its masks.</summary>
/// <param name="trained">The model, which stays the caller's.</param>
/// <param name="options">How its answers are explained.</param>
/// <param name="seed">Of the random weights that it is compared with.</param>
/// <param name="masks">What decides each question.</param>
internal sealed class ZooScoring(VqaPipeline trained, ExplainOptions options, int seed, ZooMasks masks) : IDisposable
{
    private (long ImageId, VqaPipeline Vqa)? randomized;

    /// <summary>Scores the explanations of one question's answers; null where nothing on the picture decides it.</summary>
    public ZooScore? Score(VqaExample example, CancellationToken cancellation)
    {
        var kind = masks.Question(example.Question.QuestionId).Kind;
        var mask = masks.DecidingMask(example.Question.QuestionId);
        var picture = RgbImage.Read(example.FetchImage());
        var (height, width) = trained.Processor.ImageProcessor.GetResizedSize(picture.Height, picture.Width);
        var deciding = new DecidingPixels(mask, height, width, trained.Model.Config.PatchSize);
        return deciding.Area == 0 ? null : new(kind, Judge(trained), Judge(RandomizedFor(example.Question.ImageId)), deciding.Chance);

        Localization Judge(VqaPipeline vqa) =>
            deciding.Judge(vqa.Explain(picture, example.Question.Question, options, cancellationToken: cancellation).Pixels);
    }

    public void Dispose() => randomized?.Vqa.Dispose();

    // Weights drawn once point at much the same in all pictures, and well or badly by luck: with three seeds in 27, 47 and 49 % of the cases.
    private VqaPipeline RandomizedFor(long imageId)
    {
        if (randomized?.ImageId != imageId)
        {
            randomized?.Vqa.Dispose();
            var model = new ViltForQuestionAnswering(trained.Model.Config, SeedFor(imageId));
            model.to(trained.Device);
            randomized = (imageId, new(model, trained.Processor));
        }

        return randomized.Value.Vqa;
    }

    private int SeedFor(long imageId) => unchecked(seed * 1_000_003 + (int)imageId);
}
